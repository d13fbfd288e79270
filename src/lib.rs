//! Tain: coding and analysing qualitative interviews.
//!
//! This package is the window and the command line; everything below them is `tain-core` in `src/core`,
//! whose modules keep their names here.
//! `ARCHITECTURE.md` says which module may use which, and a test holds it.
#![forbid(unsafe_code)]

pub mod cli;
#[cfg(feature = "gui")]
pub mod gui;

pub use tain_core::{
    analysis, app, export, import, language, log, message, model, names, picture, refi, report,
    seal, search, statistics, store, table, views,
};
