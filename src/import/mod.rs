//! Bytes to documents, sheets and codebooks; never panics, never writes.
