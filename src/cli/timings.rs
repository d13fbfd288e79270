//! `--timings`: what a command took.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

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

    /// One line of JSON: step, CPU and wall seconds, peak memory in MB where the system tells it.
    pub(super) fn line(&self, step: &str) -> serde_json::Value {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        let cpu = Duration::new(
            u64::try_from(cpu.tv_sec).unwrap_or(0),
            u32::try_from(cpu.tv_nsec).unwrap_or(0),
        );
        serde_json::json!({ "step": step, "cpu_s": seconds(cpu), "wall_s": seconds(self.wall.elapsed()), "peak_mb": peak_mb() })
    }
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
