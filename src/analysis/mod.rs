//! Pure functions from a project to tables; every cell keeps the segments behind it.

pub mod frequency;
