//! Domains at which anybody can have a mailbox: nobody speaks for a company there.

/// Whole domains.
const DOMAINS: &[&str] = &[
    "163.com",
    "aol.co.uk",
    "aol.com",
    "att.net",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "comcast.net",
    "cox.net",
    "duck.com",
    "eircom.net",
    "fastmail.co.uk",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "hushmail.com",
    "icloud.com",
    "laposte.net",
    "live.co.uk",
    "live.com",
    "live.ie",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "mozmail.com",
    "msn.com",
    "ntlworld.com",
    "o2.co.uk",
    "orange.fr",
    "outlook.com",
    "plus.com",
    "plusnet.com",
    "pm.me",
    "posteo.de",
    "privaterelay.appleid.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rocketmail.com",
    "simplelogin.com",
    "sky.com",
    "t-online.de",
    "talk21.com",
    "talktalk.net",
    "tiscali.co.uk",
    "tuta.com",
    "tutanota.com",
    "verizon.net",
    "virgin.net",
    "virginmedia.com",
    "wanadoo.fr",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.ie",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
    "zoho.eu",
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
