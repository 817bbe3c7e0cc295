//! What the addresses of links give away.

/// The names of the tags by which the tools of campaigns count who follows a link: whole names...
const TAGS: [&str; 22] = [
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "vero_id",
    "vero_conv",
    "cmpid",
    "et_cid",
    "et_rid",
    "dm_i",
    "dm_t",
    "_ke",
    "_kx",
    "ml_subscriber",
    "ml_subscriber_hash",
    "oly_enc_id",
    "oly_anon_id",
    "sc_campaign",
    "bxid",
    "elqtrackid",
];
/// ...and what such names begin with.
const BEGINNINGS: [&str; 6] = ["utm_", "trk_", "mtm_", "pk_", "hsa_", "matomo_"];

/// No more names than these are told.
const MOST: usize = 32;

/// Adds the names of the tags in the address of a link, each once.
pub(super) fn campaign_tags(href: &str, tags: &mut Vec<String>) {
    let Some((_, query)) = href.split_once('?') else { return };
    for pair in query.split(['&', ';', '?']) {
        let name = pair.split(['=', '#']).next().unwrap_or_default();
        let is_tag = |name: &str| TAGS.contains(&name) || BEGINNINGS.iter().any(|start| name.starts_with(start));
        // No name is longer, and what is longer need not be copied to be compared.
        if name.len() > 40 || tags.len() >= MOST {
            continue;
        }
        let name = name.trim_start_matches("amp;").to_ascii_lowercase();
        if is_tag(&name) && !tags.contains(&name) {
            tags.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("https://a.example/?id=1&page=utm", &[])]
    #[case::usual("https://a.example/?utm_source=x&UTM_Campaign=y&id=1#top", &["utm_source", "utm_campaign"])]
    #[case::each_once("https://a.example/?mc_cid=1&mc_cid=2", &["mc_cid"])]
    #[case::not_decoded("https://a.example/?a=1&amp;mkt_tok=2", &["mkt_tok"])]
    #[case::without_a_value("https://a.example/?dm_i", &["dm_i"])]
    #[case::no_query("https://a.example/utm_source=x", &[])]
    fn tags_are_told_by_their_names(#[case] href: &str, #[case] expected: &[&str]) {
        let mut tags = Vec::new();
        campaign_tags(href, &mut tags);
        assert_eq!(tags, expected);
    }
}
