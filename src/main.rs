//! The command `error-diagnoser`: everything it does is in [`cli`].

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::main()
}

// Cargo builds the package's binary before it runs an integration test, also for the browser, where no command exists.
#[cfg(target_arch = "wasm32")]
fn main() {}
