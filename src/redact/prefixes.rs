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
    prefix("AGPA", 16, ""),
    prefix("AIPA", 16, ""),
    prefix("ANPA", 16, ""),
    prefix("ANVA", 16, ""),
    prefix("A3T", 17, ""),
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
    prefix("glptt-", 30, "_-"),
    prefix("gldt-", 16, "_-"),
    prefix("glrt-", 16, "_-."),
    // Slack.
    prefix("xoxb-", 10, "-"),
    prefix("xoxp-", 10, "-"),
    prefix("xoxa-", 10, "-"),
    prefix("xoxr-", 10, "-"),
    prefix("xoxs-", 10, "-"),
    prefix("xoxo-", 10, "-"),
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
    prefix("rk_test_", 16, ""),
    prefix("gsk_", 40, ""),
    prefix("shppa_", 30, ""),
    prefix("shpca_", 30, ""),
    prefix("shpss_", 30, ""),
    // Vaults, dashboards, trackers, notes, drawings, data, deployments.
    prefix("hvs.", 24, "_-"),
    prefix("hvb.", 24, "_-"),
    prefix("hvr.", 24, "_-"),
    prefix("ops_eyJ", 100, "+/=_-"),
    prefix("glc_eyJ", 32, "+/="),
    prefix("glsa_", 32, "_"),
    prefix("sntrys_eyJ", 40, "+/=_"),
    prefix("sntryu_", 40, ""),
    prefix("lin_api_", 32, ""),
    prefix("ntn_", 40, ""),
    prefix("figd_", 40, "_-"),
    prefix("dapi", 32, "-"),
    prefix("vcp_", 20, ""),
    prefix("vci_", 20, ""),
    prefix("vca_", 20, ""),
    prefix("vcr_", 20, ""),
    prefix("vck_", 20, ""),
    prefix("PMAK-", 40, "-"),
    prefix("NRAK-", 24, ""),
    prefix("dp.pt.", 40, ""),
];
