//! What authors do beside writing pages: import, draft, compare, export; through the library and through the command.

#![cfg(not(target_arch = "wasm32"))]

mod command;
mod hostile;
mod import;
mod interchange;
