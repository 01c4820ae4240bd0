//! wasm-bindgen's test runner, built from the locked library so that nothing has to be installed.

fn main() {
    if let Err(error) = wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        eprintln!("wasm-test-runner: {error:?}");
        std::process::exit(1);
    }
}
