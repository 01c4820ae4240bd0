//! What the phrases take for what.

use super::{
    Label, after_error_colon, announces, announces_several, got_error, has_option, head, introduces, is_called,
    is_message_like, label, last_sentence, mentions, speaks_of_errors, speaks_of_heading, tail,
};

#[test]
fn phrases_that_are_labels() {
    assert_eq!(label("Why this error occurs"), Some(Label::Cause));
    assert_eq!(label("How to fix it"), Some(Label::Resolution));
    assert_eq!(label("How to fix the printer"), None);
    assert_eq!(label("Why is the printer jammed"), None);
    // One word is in the table of labels or is none, and eight are a sentence.
    assert_eq!(label("fix"), None);
    assert_eq!(label("how to fix or to resolve it"), Some(Label::Resolution));
    assert_eq!(label("how to fix or how to resolve it"), None);
    assert_eq!(label("how to do it"), None);
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

#[test]
fn sentences_that_speak_of_errors() {
    assert!(mentions("The crane returned an error.") && !mentions("To fix this error:") && !mentions("It is late."));
    assert!(announces_several("you get these errors:") && announces_several("The following errors are shown below"));
    assert!(announces_several("these messages appear on the board") && !announces_several("this is a crane"));
    assert!(speaks_of_errors("Troubleshooting the crane") && !speaks_of_errors("The colours of the crane"));
    assert!(speaks_of_heading("It is old. This error occurs at night.") && !speaks_of_heading("It is old."));
    assert_eq!(after_error_colon("it fails with error: no such crane"), Some("no such crane"));
    assert_eq!(after_error_colon("error: no crane"), None);
    assert_eq!(after_error_colon("no crane"), None);
}

#[test]
fn what_a_heading_says_that_one_gets() {
    assert_eq!(got_error("Why do I get the error crane has no rope?"), Some("crane has no rope"));
    assert_eq!(got_error("I receive an error message: low tide today"), Some("low tide today"));
    assert_eq!(got_error("I get an error when I lift a box"), None);
    assert_eq!(got_error("How to lift a box"), None);
}

#[test]
fn options_of_commands() {
    assert!(has_option("crane --all") && has_option("-x") && !has_option("a-b") && !has_option("tide - low"));
}

#[test]
fn ends_of_a_text() {
    assert_eq!((head("añb", 2), head("añb", 3), head("añb", 0)), ("añ", "añb", ""));
    assert_eq!((tail("añb", 2), tail("añb", 3), tail("añb", 1)), ("ñb", "añb", "b"));
}
