//! Keys that services mark by how they begin, so that they can be found.

/// How a key begins, and how many letters, digits and signs must follow at least.
pub struct Prefix {
    pub start: &'static str,
    pub least: usize,
    /// The signs that may follow beside letters and digits.
    pub signs: &'static str,
}

const fn prefix(start: &'static str, least: usize, signs: &'static str) -> Prefix {
    Prefix { start, least, signs }
}

pub const PREFIXES: &[Prefix] = &[
    // Amazon: access keys, and the ids of users, roles and groups that go with them.
    prefix("AKIA", 16, ""),
    prefix("ASIA", 16, ""),
    prefix("ABIA", 16, ""),
    prefix("AIDA", 16, ""),
    prefix("AROA", 16, ""),
    // Google: API keys, access and client secrets.
    prefix("AIza", 30, "_-"),
    prefix("ya29.", 20, "_-."),
    prefix("GOCSPX-", 20, "_-"),
    // GitHub and GitLab.
    prefix("ghp_", 20, ""),
    prefix("gho_", 20, ""),
    prefix("ghu_", 20, ""),
    prefix("ghs_", 20, ""),
    prefix("ghr_", 20, ""),
    prefix("github_pat_", 20, "_"),
    prefix("glpat-", 16, "_-."),
    // Slack.
    prefix("xoxb-", 10, "-"),
    prefix("xoxp-", 10, "-"),
    prefix("xoxa-", 10, "-"),
    prefix("xoxr-", 10, "-"),
    prefix("xoxs-", 10, "-"),
    prefix("xoxe.", 10, "-."),
    prefix("xapp-", 10, "-"),
    // Addresses that are secrets as a whole.
    prefix("hooks.slack.com/services/", 20, "/"),
    prefix("discord.com/api/webhooks/", 40, "/_-"),
    // Payment, mail, registries, models, shops, hosting.
    prefix("sk_live_", 16, ""),
    prefix("sk_test_", 16, ""),
    prefix("rk_live_", 16, ""),
    prefix("whsec_", 16, ""),
    prefix("SG.", 30, "_-."),
    prefix("npm_", 30, ""),
    prefix("pypi-", 40, "_-"),
    prefix("sk-", 24, "_-"),
    prefix("hf_", 30, ""),
    prefix("shpat_", 30, ""),
    prefix("dop_v1_", 40, ""),
    prefix("dckr_pat_", 20, "_-"),
    prefix("ATATT3", 40, "_-="),
    prefix("AGE-SECRET-KEY-1", 40, ""),
];
