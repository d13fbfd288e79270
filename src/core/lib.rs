//! Everything of Tain but its window and its command line.
//!
//! A package of its own so that an edit in the window compiles the window alone.
//! `ARCHITECTURE.md` says which module may use which, and a test holds it.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod app;
pub mod export;
pub mod import;
pub mod language;
pub mod log;
pub mod message;
pub mod model;
pub mod names;
pub mod picture;
pub mod refi;
pub mod report;
pub mod seal;
pub mod search;
pub mod statistics;
pub mod store;
pub mod table;
pub mod views;
