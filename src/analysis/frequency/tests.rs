//! Figures by hand, and against a count that takes no short cuts.
