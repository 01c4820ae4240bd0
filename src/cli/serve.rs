//! `serve`: the site on this machine, with the headers that a careful host would send.

use std::future::{Future, poll_fn};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::build::{self, Site};
use super::{Stop, reason};

/// The port when none is asked for, and how many after it are tried.
const PORT: u16 = 8000;
const TRIED: u16 = 100;

/// What the page may do: its own files and its own module, nothing else, and nobody may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'";

/// Sent with everything.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // A page that was made anew is seen at the next load; what did not change is not sent again.
    (header::CACHE_CONTROL, "no-cache"),
];

#[derive(clap::Args)]
pub struct Args {
    /// The port to serve on (0: any free one); 8000 or the next free one when not given
    #[arg(long)]
    port: Option<u16>,
    /// Refuse requests that name another host than this machine
    #[arg(long)]
    host_check: bool,
    #[command(flatten)]
    site: Site,
}

pub fn run(args: &Args) -> Result<u8, Stop> {
    // First of all, so that nobody waits for a build to learn that the port is taken.
    let listener = listen(args.port)?;
    let built = build::build(&args.site)?;
    eprintln!("{}", built.what);
    let address = listener.local_addr().map_err(|error| network(&error))?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| network(&error))?;
    let interrupted = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let site = router(&built.folder, args.host_check);
        tokio::spawn(async move { axum::serve(listener, site).await });
        let mut ctrl_c = pin!(tokio::signal::ctrl_c());
        // Looked at once before anything is said: from then on Ctrl-C is ours, however soon it comes.
        poll_fn(|context| Poll::Ready(ctrl_c.as_mut().poll(context).is_ready())).await;
        if let Err(error) = writeln!(io::stdout(), "Serving http://{address}/ (Ctrl-C ends it)") {
            return Ok(Err(error));
        }
        ctrl_c.await.map(Ok)
    });
    // Browsers keep connections open that they may never use; nobody waits for those.
    runtime.shutdown_background();
    interrupted.map_err(|error| network(&error))?.map_err(|error| Stop::from_output(&error))?;
    eprintln!("Stopped.");
    Ok(0)
}

/// Takes the port that was asked for, or the first free one from the usual one on.
fn listen(asked: Option<u16>) -> Result<TcpListener, Stop> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = asked {
        return bind(port).map_err(|error| {
            let why = if error.kind() == io::ErrorKind::AddrInUse {
                "another program uses it".into()
            } else {
                reason(&error)
            };
            Stop::failed(format!("cannot serve on port {port} of 127.0.0.1: {why}; choose another with --port"))
        });
    }
    for port in PORT..PORT + TRIED {
        if let Ok(listener) = bind(port) {
            if port != PORT {
                eprintln!("Port {PORT} is in use, taking {port}.");
            }
            return Ok(listener);
        }
    }
    Err(Stop::failed(format!(
        "no port from {PORT} to {} is free on 127.0.0.1; name one with --port, or 0 for any",
        PORT + TRIED - 1
    )))
}

fn network(error: &io::Error) -> Stop {
    Stop::failed(format!("cannot serve on 127.0.0.1: {}; try another port with --port", reason(error)))
}

fn router(folder: &Path, host_check: bool) -> Router {
    // ServeDir answers GET and HEAD only, names the types of files, and never leaves its folder.
    let mut router = Router::new().fallback_service(ServeDir::new(folder));
    if host_check {
        router = router.layer(middleware::from_fn(only_this_machine));
    }
    for (name, value) in HEADERS {
        router = router.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)));
    }
    router
}

/// Against pages elsewhere whose name was made to lead here (DNS rebinding).
async fn only_this_machine(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    if matches!(name, "127.0.0.1" | "localhost") {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This server answers for 127.0.0.1 and localhost only.\n").into_response()
    }
}
