//! What the phrases take for what.

use super::{Label, announces, introduces, is_called, is_message_like, label, last_sentence};

#[test]
fn phrases_that_are_labels() {
    assert_eq!(label("Why this error occurs"), Some(Label::Cause));
    assert_eq!(label("How to fix it"), Some(Label::Resolution));
    assert_eq!(label("How to fix the printer"), None);
    assert_eq!(label("Why is the printer jammed"), None);
}

#[test]
fn sentences_that_announce_a_message() {
    for yes in [
        "you get the following error:",
        "Or, you might see this warning:",
        "If you run the following command on the ferry, it gives an error:",
        "This error is common when the tide is low:",
        "Following are examples of errors on the quay:",
        "this flag will fail with",
    ] {
        assert!(announces(yes), "{yes}");
    }
    for no in [
        "To fix this error:",
        "Your crane fails with this error if:",
        "Use the following steps to resolve the error:",
        "To prevent this error, you should:",
        "A solution is to restart the crane:",
        "Inspect the logs:",
    ] {
        assert!(!announces(no), "{no}");
    }
}

#[test]
fn quotations_that_are_called_messages() {
    for before in [
        "you may see an error message ",
        "an error that says ",
        "fails with the error: ",
        "the message ",
        "errors on the deck with ",
    ] {
        assert!(introduces(before), "{before}");
    }
    for before in ["the value of ", "set the switch to ", "This error comes from the "] {
        assert!(!introduces(before), "{before}");
    }
    assert!(is_called(" error when the crane starts") && is_called(" exception") && !is_called(" state"));
}

#[test]
fn what_reads_like_a_message() {
    for yes in ["no such crane", "tide: timeout", "connection refused", "EACCES: permission denied"] {
        assert!(is_message_like(yes), "{yes}");
    }
    for no in ["Pending", "crane start", "crane lift --all boxes", "kube-dns"] {
        assert!(!is_message_like(no), "{no}");
    }
}

#[test]
fn the_last_sentence() {
    assert_eq!(last_sentence("You get an error. For example:"), "You get an error. For example:");
    assert_eq!(last_sentence("It broke. Then it said: x."), "Then it said: x.");
}
