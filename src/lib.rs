//! Skeleton: the face of the library is being written on main.

pub mod catalog;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
pub mod diagnosis;
#[cfg(not(target_arch = "wasm32"))]
pub mod page;
pub mod report;

pub use catalog::{App, Catalog, Entry, Inline, Message, Problem, Product, Severity, Situation, Text};
pub use diagnosis::Diagnoser;
pub use report::{
    About, Choice, Confidence, Diagnosis, Evidence, EvidenceKind, Options, Question, Report, Scanned, Units, Value,
};
