//! All integration tests, in one binary.
#![expect(clippy::unwrap_used, reason = "a failed set-up fails the test")]
#![expect(
    clippy::too_many_lines,
    reason = "a test tells one story from top to bottom"
)]

mod asking;
mod attribution;
mod batch;
mod circles;
mod cli;
mod cli_language;
mod codebook;
mod coders;
mod correcting;
mod counted_once;
mod crash;
mod damaged;

mod encrypted;
mod erasure;
mod export;
mod export_cli;
mod findings;
mod fixture;
mod formats;
#[cfg(feature = "gui")]
mod gestures;
mod golden;
mod hostile;
mod index;
mod layouts;
mod made_projects;
mod manage_cli;
mod managing;
mod names_in_chinese;
mod one_file;
mod oracles;
mod output;
mod pdfs;
mod properties;
mod pseudonyms;
mod qdpx;
#[cfg(feature = "gui")]
mod real_window;
mod refi_in;
mod refi_out;
mod refi_round;
mod refi_study;
mod replacing;
mod search_gold;
mod survey;
mod tables;
mod taking_back;
mod tally;
mod tidy;
mod tiers;
mod tools;
mod transcripts;
mod turns;
#[cfg(feature = "gui")]
mod window;
#[cfg(feature = "gui")]
mod window_about;
mod window_codebook;
#[cfg(feature = "gui")]
mod window_comfort;
#[cfg(feature = "gui")]
mod window_commands;
#[cfg(feature = "gui")]
mod window_drafts;
#[cfg(feature = "gui")]
mod window_erasure;
mod window_exchange;
#[cfg(feature = "gui")]
mod window_find;
mod window_habits;
mod window_history;
mod window_importing;
#[cfg(feature = "gui")]
mod window_input;
#[cfg(feature = "gui")]
mod window_keyboard;
#[cfg(feature = "gui")]
mod window_manage;
mod window_memos;
#[cfg(all(feature = "gui", unix))]
mod window_printing;
#[cfg(feature = "gui")]
mod window_pseudonyms;
#[cfg(feature = "gui")]
mod window_random;
#[cfg(feature = "gui")]
mod window_reading;
#[cfg(feature = "gui")]
mod window_safety;
mod window_search;
#[cfg(feature = "gui")]
mod window_sizes;
#[cfg(feature = "gui")]
mod window_spoken;
#[cfg(feature = "gui")]
mod window_themes;
mod window_turns;
mod wording;
mod world;
mod written_files;
