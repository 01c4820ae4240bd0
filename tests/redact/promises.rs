//! What redaction promises for any text.

use std::time::Instant;

use error_diagnoser::{Units, redact};
use proptest::prelude::*;

/// What holds for any text: a second time changes nothing, positions are right, the text around stays byte for byte.
pub fn assert_promises(text: &str) {
    let redaction = redact(text, Units::Bytes);
    let again = redact(&redaction.text, Units::Bytes);
    assert_eq!(again.text, redaction.text, "twice is not once: {text:?}");
    assert_eq!(again.replacements, []);
    let mut rebuilt = String::new();
    let mut written = 0;
    for one in &redaction.replacements {
        assert!(one.start >= written && one.end > one.start, "{one:?} in {text:?}");
        rebuilt += &text[written..one.start];
        rebuilt += &one.placeholder;
        written = one.end;
    }
    rebuilt += &text[written..];
    assert_eq!(rebuilt, redaction.text);

    let units: Vec<u16> = text.encode_utf16().collect();
    let in_units = redact(text, Units::Utf16);
    for (bytes, utf16) in redaction.replacements.iter().zip(&in_units.replacements) {
        assert_eq!(
            String::from_utf16_lossy(&units[utf16.start..utf16.end]),
            &text[bytes.start..bytes.end],
            "in UTF-16: {text:?}"
        );
    }
}

/// Pieces that set the scanner off, so that random texts get deep into it.
const PIECES: &[&str] = &[
    "password",
    "Pwd",
    "token",
    "code",
    "sig",
    "key",
    "name",
    "value",
    "Authorization",
    "Cookie",
    "Set-Cookie",
    "Bearer ",
    "Basic ",
    "=",
    ":",
    ": ",
    "\"",
    "\\\"",
    "\\\\\\\"",
    "'",
    "`",
    "&quot;",
    "%22",
    "%3D",
    "%253D",
    "%26",
    "%40",
    "\\u0026",
    "\\u0040",
    "&amp;",
    "&lt;",
    "&gt;",
    "<",
    ">",
    "<password>",
    "</",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----END",
    "-----",
    "@",
    "contoso.com",
    "ann",
    "://",
    "https",
    "/",
    "\\",
    "\\\\",
    "\\\\\\\\",
    "%5C",
    "%2F",
    "Users",
    "home",
    "C:",
    "server",
    "share",
    "10.1.2.3",
    "2001:db8::1",
    "::",
    "fe80",
    ".",
    ",",
    ";",
    "&",
    "?",
    "#",
    "|",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "$",
    "~",
    "-",
    "--",
    "-u ",
    " ",
    "\n",
    "\r\n",
    "\\n",
    "\t",
    "hunter2",
    "Zq8abcDEF12345678",
    "eyJhbGciOiJIUzI1NiJ9",
    "eyJzdWIiOiIxIn0",
    "7f3c4e1a-0b2d-4c5e-8f60-718293a4b5c6",
    "<guid-1>",
    "<secret-2>",
    "<email-",
    "version",
    "v",
    "1",
    "is",
    "required",
    "null",
    "é",
    "홍",
    "😀",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "\u{2026}",
    "\u{201c}",
    "%",
    "%2",
    "\\u",
    "\\u00",
    "Q~",
    "a8Q~",
    "1//0",
    "EXT#",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{1,12}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A secret, and a text that holds it.
fn any_secret() -> impl Strategy<Value = (String, String)> {
    let of = |text: &str, secret: &str| (secret.to_owned(), text.replace("{}", secret));
    prop_oneof![
        "[a-z]{2,8}\\.[a-z]{2,8}@[a-z]{3,9}\\.(com|nl|se|kr)".prop_map(move |secret| of("{}", &secret)),
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}".prop_map(move |secret| of("{}", &secret)),
        "10\\.([1-9]|1[0-9]{2})\\.([1-9]|1[0-9]{2})\\.([1-9]|1[0-9]{2})".prop_map(move |secret| of("{}", &secret)),
        "2001:db8:[1-9a-f][0-9a-f]{1,3}::[1-9a-f][0-9a-f]{0,3}".prop_map(move |secret| of("{}", &secret)),
        "eyJhbGciOiJIUzI1NiJ9\\.eyJ[A-Za-z0-9_-]{20,60}\\.[A-Za-z0-9_-]{43}".prop_map(move |secret| of("{}", &secret)),
        "[a-zA-Z][a-zA-Z0-9!*+^]{5,20}[0-9]".prop_map(move |secret| of("password={}", &secret)),
        "[a-zA-Z][a-zA-Z0-9!;,&=]{5,20}[0-9]".prop_map(move |secret| of("{\"password\":\"{}\"}", &secret)),
        "[a-zA-Z][a-zA-Z0-9!;,&=]{5,20}[0-9]".prop_map(move |secret| of(r#"{\"client_secret\":\"{}\"}"#, &secret)),
        "[A-Za-z0-9]{30}[0-9][a-z]".prop_map(move |secret| of("Authorization: Bearer {}", &secret)),
        "[a-z]{3,9}[0-9]".prop_map(move |secret| of("C:\\Users\\{}\\AppData", &secret)),
        "[A-Z0-9]{16}".prop_map(move |secret| of("AKIA{}", &secret)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_promises(text in any_text()) {
        assert_promises(&text);
    }

    #[test]
    fn any_string_keeps_the_promises(text in any::<String>()) {
        assert_promises(&text);
    }

    #[test]
    fn a_secret_in_the_middle_of_any_text_is_gone(
        before in any_text(), (secret, holder) in any_secret(), after in any_text()
    ) {
        // The secret's own place: what stands on other lines has no say in it.
        let text = format!("{before}\n{holder}\n{after}");
        let redacted = redact(&text, Units::Bytes).text;
        prop_assume!(!before.contains(&secret) && !after.contains(&secret));
        prop_assert!(!redacted.contains(&secret), "{secret:?} in {redacted:?}");
    }
}

/// Texts built to be slow: labels in labels, marks that nothing closes, signs in a row.
#[test]
fn time_is_linear_in_the_text() {
    for piece in PIECES.iter().copied().chain([
        "password=",
        "token=",
        "code=",
        "token=\u{201c} ",
        "token=&quot; ",
        "cookie:",
        "set-cookie:path=",
        "set-cookie: path=a, ",
        "authorization:",
        "authorization: bearer ",
        "pwd={",
        "name=\"password\" ",
        "a@",
        "a@b.",
        "%40%40",
        "a://",
        "b://c:d",
        "x@y://",
        "\\\\a",
        "/home/",
        "C:\\Users\\",
        "-----BEGIN PRIVATE KEY-----a\"",
        "eyJ.",
        "10.1.1.",
        "1:",
        "<a ",
        "&lt;",
        "-u a:",
        "--token ",
        "token='a \\'",
        "&token",
        "sig=%25",
        "\\u0061",
        "<guid-1>",
        "password: a ",
        "password=f(",
        "password=a.",
    ]) {
        let seconds = |length: usize| {
            let text = piece.repeat(length / piece.len() + 1);
            let runs = (0..3).map(|_| {
                let start = Instant::now();
                std::hint::black_box(redact(&text, Units::Bytes));
                start.elapsed().as_secs_f64()
            });
            runs.fold(f64::MAX, f64::min)
        };
        // Eight times the text: eight times the time, with room for a busy machine, which is also given several chances;
        // quadratic would be sixty-four, each time.
        let is_linear = (0..8).any(|_| seconds(128 * 1024) < seconds(16 * 1024) * 24.0 + 0.02);
        assert!(is_linear, "{piece:?}: {:.4} s for 16 KiB, {:.4} s for 128 KiB", seconds(16 * 1024), seconds(128 * 1024));
    }
}
