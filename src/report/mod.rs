//! What was found, for people: analyses as sheets, charts and prose, in two languages.
//!
//! An [`Inquiry`](inquiry::Inquiry) is answered by a [`Finding`](finding::Finding); a finding becomes a [`Sheet`](sheet::Sheet) and
//! [pictures](crate::picture), which the window, the command line and whole reports show alike, and leads back to the segments behind each figure.

pub mod balance;
pub mod change;
pub mod chart;
mod columns;
pub mod compose;
pub mod coverage;
pub mod docx;
pub mod finding;
pub mod framework;
pub mod frequency;
pub mod html;
pub mod informants;
pub mod inquiry;
pub mod mirror;
pub mod pages;
pub mod programme;
pub mod pseudonyms;
pub mod saturation;
pub mod scales;
pub mod sheet;
pub mod story;
pub mod together;
pub mod trace;
pub mod wording;
pub mod words;
