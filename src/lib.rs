//! Tain: coding and analysing qualitative interviews.
//!
//! Modules in reading order; `ARCHITECTURE.md` says which may use which, and a test holds it.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod app;
pub mod cli;
pub mod export;
#[cfg(feature = "gui")]
pub mod gui;
pub mod import;
pub mod language;
pub mod log;
pub mod message;
pub mod model;
pub mod picture;
pub mod refi;
pub mod report;
pub mod search;
pub mod statistics;
pub mod store;
pub mod table;
pub mod views;
