//! Skeleton: the face of the library is being written on main.

pub mod catalog;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
pub mod context;
pub mod diagnosis;
pub mod finds;
pub mod index;
pub mod judge;
pub mod matcher;
pub mod messages;
pub mod near;
#[cfg(not(target_arch = "wasm32"))]
pub mod page;
pub mod paste;
pub mod pattern;
pub mod positions;
pub mod report;
pub mod score;
pub mod telling;
pub mod template;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod words;

pub use catalog::{App, Catalog, Entry, Inline, Message, Problem, Product, Severity, Situation, Text};
pub use diagnosis::Diagnoser;
pub use report::{
    About, Choice, Confidence, Diagnosis, EntrySummary, Evidence, EvidenceKind, Options, ProductSummary, Question,
    Report, Scanned, Units, Value,
};
