//! Finding text: query language, index, scan, exact hits.
