//! Fault 28: one of each thing that a report must not hold. How well it does on hundreds of each is measured in
//! tests/redact.

use error_diagnoser::{Units, redact};

#[test]
fn fault_28_everything_on_the_list_becomes_a_placeholder() {
    let guid = "7f3c4e1a-0b2d-4c5e-8f60-718293a4b5c6";
    let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.tvKiU6302QA4QCM8NkbDTBrPFE1JpTDTTxCavTIjWY0";
    let cases: &[(&str, &str, &str)] = &[
        ("jwt", jwt, "token"),
        ("bearer", "Authorization: Bearer Zq8abcDEF12345678xyz", "token"),
        ("basic", "Authorization: Basic YW5uOmh1bnRlcjI=", "token"),
        ("cookie", "Cookie: session=Zq8abcDEF12345678", "cookie"),
        ("sas", "https://x.blob.core.windows.net/c?sv=2020&sig=Zq8abc%2FDEF12345678%3D", "token"),
        ("refresh_token in a query", "?refresh_token=Zq8abcDEF12345678", "token"),
        ("access_token in a form", "grant=1&access_token=Zq8abcDEF12345678&x=1", "token"),
        ("id_token in JSON", r#"{"id_token": "Zq8abcDEF12345678"}"#, "token"),
        ("code in a query", "?code=Zq8abcDEF12345678xyz&state=1", "token"),
        ("client_secret in escaped JSON", r#"{\"client_secret\": \"Zq8~abcDEF12345678\"}"#, "secret"),
        ("password in a form", "user=1&password=Zq8abcDEF1", "secret"),
        ("connection string", "Server=db1;Database=x;User Id=sa;Password=Zq8abcDEF1;", "secret"),
        ("user-info", "https://ann:Zq8abcDEF1@host.example/x", "secret"),
        ("e-mail", "ann.smith@contoso.com", "email"),
        ("IPv4", "from 10.1.2.3 port 22", "ip"),
        ("IPv6", "from 2001:db8:12::7 port 22", "ip"),
        ("guid", guid, "guid"),
        ("home", "/home/ann/x.log", "user"),
        ("home in Windows", r"C:\Users\ann\x.log", "user"),
        ("unc", r"\\srv-fin-01\share\x.log", "host"),
        ("cloud key", "AKIAIOSFODNN7EXAMPLF", "key"),
    ];
    for (what, text, kind) in cases {
        let redacted = redact(text, Units::Bytes).text;
        assert!(redacted.contains(&format!("<{kind}-1>")), "{what}: {redacted}");
        for secret in ["Zq8", "YW5u", "tvKi", "ann", "10.1.2.3", "2001:db8", guid, "srv-fin-01", "AKIA"] {
            assert!(!redacted.contains(secret), "{what}: {redacted}");
        }
        assert_eq!(redact(&redacted, Units::Bytes).text, redacted, "{what}: twice is once");
    }
}

#[test]
fn fault_28_the_same_thing_has_the_same_name() {
    let text = "ann@contoso.com 10.1.2.3 bob@contoso.com 10.1.2.3 ann%40contoso.com";
    assert_eq!(redact(text, Units::Bytes).text, "<email-1> <ip-1> <email-2> <ip-1> <email-1>");
}

#[test]
fn fault_28_version_numbers_are_no_addresses() {
    for text in [
        "version 1.2.3.4",
        "agent/10.1.2.3",
        "v4.10.20.30",
        "Chrome/120.0.6099.109",
        "assembly, Version=4.0.0.0, Culture=neutral",
    ] {
        assert_eq!(redact(text, Units::Bytes).text, text);
    }
}
