//! Values to bytes for other programs: sheets, documents, pages, a relational database. Never reads a file, never writes one.
