//! Background work: jobs on named threads, with progress and cancellation.
//!
//! A job gets values and never the session, so only the main thread changes a project.
//! Whoever starts a job keeps its [`Task`] and polls it for the result; [`Jobs`] only knows which jobs run.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
};

/// The job was cancelled: it has ended and changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Carries progress out of a job, and the wish to cancel into it.
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
    /// Reports progress; every report is a point at which the job can be cancelled.
    ///
    /// # Errors
    /// [`Cancelled`] if the job was asked to end.
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

    /// Returns true if the job was asked to end.
    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// Progress as done and total; the total is 0 while it isn't known.
    pub fn so_far(&self) -> (u64, u64) {
        (
            self.state.done.load(Ordering::Relaxed),
            self.state.total.load(Ordering::Relaxed),
        )
    }
}

/// The kinds of jobs, for their names in the window and as names of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// The system's file dialog.
    Browse,
    /// Bringing the search index up to the texts.
    Index,
    /// Reading files that are to be imported.
    Import,
    /// Storing an import.
    Store,
    /// Reading the speakers of documents again.
    Speakers,
    /// Learning from codings, and suggesting more.
    Suggest,
    /// Answering a query.
    Search,
    /// Looking for words that are to be replaced.
    Replace,
    /// Looking for names, and keeping the table of pseudonyms.
    Names,
    /// Reading the history.
    History,
    /// Counting for the page of themes.
    Themes,
    /// Writing a report.
    Report,
    /// Writing an export.
    Export,
    /// Making a backup.
    Backup,
    /// Repairing a project.
    Repair,
    /// Erasing a participant.
    Erase,
}

/// A running job.
#[derive(Debug, Clone)]
pub struct Job {
    /// Identifies the job among the running ones.
    pub number: u64,
    /// What the job does.
    pub kind: JobKind,
    /// Progress and cancellation.
    pub control: JobControl,
}

/// The job panicked, or its thread could not be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobFailed;

/// A handle to a job: its progress, and its one result when it has ended.
///
/// Dropping the handle doesn't cancel the job.
#[derive(Debug)]
pub struct Task<T> {
    control: JobControl,
    result: Receiver<T>,
}

impl<T> Task<T> {
    /// Progress and cancellation of the job.
    pub fn control(&self) -> &JobControl {
        &self.control
    }

    /// Asks the job to end at its next report.
    pub fn cancel(&self) {
        self.control.cancel();
    }

    /// Returns the result once the job has ended; `None` while it runs.
    pub fn poll(&self) -> Option<Result<T, JobFailed>> {
        match self.result.try_recv() {
            Ok(result) => Some(Ok(result)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(JobFailed)),
        }
    }

    /// Takes the task out of its slot once the job has ended, and returns the result.
    pub fn take_finished(slot: &mut Option<Self>) -> Option<Result<T, JobFailed>> {
        let result = slot.as_ref()?.poll()?;
        *slot = None;
        Some(result)
    }

    /// Removes the tasks that have ended from a list, and returns their results.
    pub fn drain_finished(tasks: &mut Vec<Self>) -> Vec<Result<T, JobFailed>> {
        let mut results = Vec::new();
        tasks.retain(|task| match task.poll() {
            Some(result) => {
                results.push(result);
                false
            }
            None => true,
        });
        results
    }
}

/// Starts jobs and lists those that run.
pub struct Jobs {
    running: Vec<Job>,
    next_number: u64,
    ended_sender: Sender<Ended>,
    ended: Receiver<Ended>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// The last message of a job.
struct Ended {
    number: u64,
    failed: bool,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.running).finish()
    }
}

impl Jobs {
    /// No jobs; `wake` is called from a job's thread when the job has ended.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (ended_sender, ended) = channel();
        Self {
            running: Vec::new(),
            next_number: 0,
            ended_sender,
            ended,
            wake: Arc::new(wake),
        }
    }

    /// The running jobs, oldest first.
    pub fn running(&self) -> &[Job] {
        &self.running
    }

    /// Returns true if a job of this kind runs.
    pub fn is_running(&self, kind: JobKind) -> bool {
        self.running.iter().any(|job| job.kind == kind)
    }

    /// Starts a job; the task fails if `work` panics.
    pub fn start<T: Send + 'static>(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(&JobControl) -> T + Send + 'static,
    ) -> Task<T> {
        let control = JobControl::default();
        let number = self.next_number;
        self.next_number += 1;
        self.running.push(Job {
            number,
            kind,
            control: control.clone(),
        });
        let (sender, result) = channel();
        let (ended, wake, inside) = (
            self.ended_sender.clone(),
            Arc::clone(&self.wake),
            control.clone(),
        );
        let run = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&inside)));
            let failed = outcome.is_err();
            if let Ok(outcome) = outcome {
                // Nobody listens when the task was dropped.
                sender.send(outcome).ok();
            }
            // A task must look finished before its job leaves the list of running ones.
            drop(sender);
            // Nobody listens when the window has closed.
            ended.send(Ended { number, failed }).ok();
            wake();
        };
        let spawned = std::thread::Builder::new()
            .name(format!("tain {kind:?}"))
            .spawn(run);
        if spawned.is_err() {
            let failed = true;
            self.ended_sender.send(Ended { number, failed }).ok();
        }
        Task { control, result }
    }

    /// Removes the jobs that have ended from the list, and returns the kinds of those that failed.
    pub fn take_failures(&mut self) -> Vec<JobKind> {
        let mut failures = Vec::new();
        for Ended { number, failed } in self.ended.try_iter() {
            if let Some(at) = self.running.iter().position(|job| job.number == number) {
                let job = self.running.remove(at);
                failures.extend(failed.then_some(job.kind));
            }
        }
        failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_gets_the_result_of_its_job_and_a_panic_fails_it() {
        let (woken, wakes) = channel();
        let mut jobs = Jobs::new(move || woken.send(()).unwrap());
        let mut task = Some(jobs.start(JobKind::Search, |_| 7));
        wakes.recv().unwrap();
        assert!(jobs.take_failures().is_empty());
        assert_eq!(Task::take_finished(&mut task), Some(Ok(7)));
        assert!(task.is_none());
        let mut tasks = vec![jobs.start(JobKind::Export, |_| panic!("as planned"))];
        wakes.recv().unwrap();
        assert_eq!(jobs.take_failures(), [JobKind::Export]);
        assert_eq!(Task::<()>::drain_finished(&mut tasks), [Err(JobFailed)]);
        assert!(tasks.is_empty());
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
