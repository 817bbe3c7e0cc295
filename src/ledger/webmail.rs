//! Domains at which anybody can have a mailbox: nobody speaks for a company there.

/// Whole domains.
const DOMAINS: &[&str] = &[
    "aol.co.uk",
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "fastmail.com",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "hushmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "o2.co.uk",
    "outlook.com",
    "plus.com",
    "plusnet.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "rocketmail.com",
    "sky.com",
    "talk21.com",
    "talktalk.net",
    "tiscali.co.uk",
    "tutanota.com",
    "virgin.net",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
    "ymail.com",
    "zoho.com",
];

/// Whether anybody can have a mailbox at the domain, as far as is known here.
pub(super) fn is_webmail(domain: &str) -> bool {
    DOMAINS.contains(&domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_normalised() {
        assert!(DOMAINS.is_sorted());
        assert!(DOMAINS.iter().all(|domain| *domain == domain.to_lowercase()));
        assert!(is_webmail("gmail.com") && !is_webmail("acme.example"));
    }
}
