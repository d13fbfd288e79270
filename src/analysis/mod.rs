//! Pure functions from a project to tables; every cell keeps its segments.
