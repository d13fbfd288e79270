//! `--timings`: what a command took.

use std::time::{Duration, Instant};

/// Runs from a command's start.
pub(super) struct Clock {
    wall: Instant,
}

impl Clock {
    /// Starts now; the CPU time counts from the process's start.
    pub(super) fn start() -> Self {
        Self {
            wall: Instant::now(),
        }
    }

    /// One line of JSON: step, CPU and wall seconds, peak memory in MB, as far as the system tells them.
    pub(super) fn line(&self, step: &str) -> serde_json::Value {
        let cpu = cpu().map(seconds);
        serde_json::json!({ "step": step, "cpu_s": cpu, "wall_s": seconds(self.wall.elapsed()), "peak_mb": peak_mb() })
    }
}

/// The CPU time of the process, where the system tells it.
#[cfg(unix)]
fn cpu() -> Option<Duration> {
    let cpu = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(
        u64::try_from(cpu.tv_sec).ok()?,
        u32::try_from(cpu.tv_nsec).ok()?,
    ))
}

/// The CPU time of the process, which nobody asks for here.
#[cfg(not(unix))]
fn cpu() -> Option<Duration> {
    None
}

/// Seconds to the tenth of a millisecond.
fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e4).round() / 1e4
}

/// The largest resident size so far.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? / 1024)
}
