//! REFI-QDA: codebooks (`.qdc`) and projects (`.qdpx`) exchanged with other programs.
//!
//! | REFI-QDA | here |
//! |---|---|
//! | `User` | coder |
//! | `Code` | code |
//! | `Variable`, `VariableValue` | attribute, value |
//! | `Case` | case |
//! | `TextSource`, `PDFSource` with its `Representation`, `Transcript` | document |
//! | `PictureSource`, `AudioSource`, `VideoSource` | attachment |
//! | `PlainTextSelection` with a `Coding` | coding |
//! | `Note` | memo |
//! | `Link` | link |
//! | `Set` | set |
