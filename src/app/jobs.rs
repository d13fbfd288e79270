//! Background work: named threads with progress and cancel. A job gets values, never the session.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
};

/// The user has cancelled; the job ends and nothing has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// What a job reports through, and learns from that it shall end.
#[derive(Debug, Clone, Default)]
pub struct JobControl {
    state: Arc<JobState>,
}

#[derive(Debug, Default)]
struct JobState {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl JobControl {
    /// Reports how far the job is; every report is a point at which it can be cancelled.
    ///
    /// # Errors
    /// [`Cancelled`] when the user wants it to end.
    pub fn progress(&self, done: u64, total: u64) -> Result<(), Cancelled> {
        self.state.done.store(done, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
        if self.state.cancelled.load(Ordering::Relaxed) {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// Asks the job to end at its next report.
    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to end.
    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// How far the job is: done and total; total is 0 while it isn't known.
    pub fn so_far(&self) -> (u64, u64) {
        (
            self.state.done.load(Ordering::Relaxed),
            self.state.total.load(Ordering::Relaxed),
        )
    }
}

/// A running job as the window shows it.
#[derive(Debug, Clone)]
pub struct Job {
    /// Names it among the running.
    pub number: u64,
    /// Its name's key in the window's strings.
    pub name: &'static str,
    /// Progress and cancel.
    pub control: JobControl,
}

/// Runs jobs and hands back what they bring home.
pub struct Jobs<T> {
    running: Vec<Job>,
    next: u64,
    sender: Sender<(u64, Option<T>)>,
    receiver: Receiver<(u64, Option<T>)>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl<T> std::fmt::Debug for Jobs<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.running).finish()
    }
}

impl<T: Send + 'static> Jobs<T> {
    /// No jobs; `wake` is called from a job's thread when it has ended.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, receiver) = channel();
        Self {
            running: Vec::new(),
            next: 0,
            sender,
            receiver,
            wake: Arc::new(wake),
        }
    }

    /// The running jobs, oldest first.
    pub fn running(&self) -> &[Job] {
        &self.running
    }

    /// Starts a job; a panic in it brings nothing home.
    pub fn start(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&JobControl) -> T + Send + 'static,
    ) -> JobControl {
        let control = JobControl::default();
        let number = self.next;
        self.next += 1;
        self.running.push(Job {
            number,
            name,
            control: control.clone(),
        });
        let (sender, wake, inside) = (self.sender.clone(), Arc::clone(&self.wake), control.clone());
        let run = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&inside))).ok();
            // Nobody listens any more when the window has closed.
            sender.send((number, outcome)).ok();
            wake();
        };
        let spawned = std::thread::Builder::new()
            .name(format!("tain {name}"))
            .spawn(run);
        if spawned.is_err() {
            self.sender.send((number, None)).ok();
        }
        control
    }

    /// What jobs have brought home since the last call; `None` stands for one that failed.
    pub fn finished(&mut self) -> Vec<(&'static str, Option<T>)> {
        let mut finished = Vec::new();
        while let Ok((number, outcome)) = self.receiver.try_recv() {
            if let Some(at) = self.running.iter().position(|job| job.number == number) {
                finished.push((self.running.remove(at).name, outcome));
            }
        }
        finished
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_brings_home_its_result_and_a_panic_brings_nothing() {
        let (woken, wakes) = channel();
        let mut jobs = Jobs::new(move || woken.send(()).unwrap());
        jobs.start("count", |_| 7);
        wakes.recv().unwrap();
        assert_eq!(jobs.finished(), [("count", Some(7))]);
        jobs.start("fail", |_| panic!("as planned"));
        wakes.recv().unwrap();
        assert_eq!(jobs.finished(), [("fail", None)]);
        assert!(jobs.running().is_empty());
    }

    #[test]
    fn every_report_is_a_point_of_cancel() {
        let control = JobControl::default();
        assert_eq!(control.progress(1, 2), Ok(()));
        control.cancel();
        assert_eq!(control.progress(2, 2), Err(Cancelled));
        assert_eq!(control.so_far(), (2, 2));
    }
}
