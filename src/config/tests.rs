//! The layers of the configuration and everything that can be wrong with them.

use super::{
    layers::{KEYS, Key, SHIPPED, flatten, parse},
    *,
};

const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn load(file: Option<&str>, environment: &[(&str, &str)], flags: Flags) -> Result<Config, Vec<String>> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("test.toml");
    let mut environment: Vec<(OsString, OsString)> =
        environment.iter().map(|(name, value)| (name.into(), value.into())).collect();
    if let Some(text) = file {
        std::fs::write(&path, text).unwrap();
        environment.push(("MAYSEND_CONFIG".into(), path.clone().into()));
    }
    let shorten = |error: String| error.replace(path.to_str().unwrap(), "test.toml");
    Config::from_layers(&flags, environment.into_iter()).map_err(|errors| errors.0.into_iter().map(shorten).collect())
}

#[track_caller]
fn refused(file: &str, says: &str) {
    let errors = load(Some(file), &[], Flags::default()).unwrap_err();
    assert!(errors.iter().any(|error| error.contains(says)), "{errors:#?}");
}

#[test]
fn the_shipped_file_has_every_default() {
    let Config { http, store, decisions, retention, log } = Config::shipped().unwrap();
    assert_eq!(http.bind.to_string(), "127.0.0.1:8080");
    assert_eq!((http.body_limit, http.events_body_limit, http.events_limit), (1 << 20, 32 << 20, 100_000));
    assert_eq!(http.message_body_limit, 4 << 20);
    assert_eq!((http.batch_line_limit, http.batch_idle_seconds), (1 << 20, 60));
    assert_eq!((http.timeout_seconds, http.at_least_wait_ms, http.shutdown_seconds), (30, 100, 25));
    assert!(http.cors_origins.is_empty());
    assert_eq!((store.data_dir.to_str(), store.map_size), (Some("maysend-data"), 16 << 30));
    assert!(store.key.is_none() && store.key_file.is_none() && !store.allow_network_fs);
    assert_eq!((decisions.flush, decisions.on_full), (Flush::EachSecond, OnFull::FailClosed));
    assert_eq!((decisions.max_size, decisions.max_age_days), (64 << 30, 2192));
    assert_eq!((retention.sends_days, retention.requests_days), (800, 0));
    assert_eq!((retention.collections_days, retention.consents_days), (0, 0));
    assert_eq!((log.filter.as_str(), log.format), ("info", LogFormat::Text));
}

#[test]
fn the_shipped_file_names_every_key() {
    for Key { path, .. } in KEYS {
        let (section, name) = path.split_once('.').unwrap();
        let (_, after) = SHIPPED.split_once(&format!("\n[{section}]\n")).unwrap();
        let body = after.split("\n[").next().unwrap();
        let is_named = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{name} = "));
        assert!(body.lines().any(is_named), "`{path}` is missing");
    }
    let mut leaves = Vec::new();
    flatten("", parse(SHIPPED).unwrap(), &mut leaves);
    assert_eq!(leaves.len(), KEYS.len() - 2, "the two keys without a default");
}

#[test]
fn each_layer_wins_over_the_one_below() {
    let file = "[http]\nbind = '127.0.0.1:1'\ntimeout_seconds = 1\nevents_limit = 1";
    let environment = [("MAYSEND_HTTP__BIND", "127.0.0.1:2"), ("MAYSEND_HTTP__TIMEOUT_SECONDS", "2")];
    let flags = Flags::default().with("--bind", "http.bind", Some("127.0.0.1:3"));
    let http = load(Some(file), &environment, flags).unwrap().http;
    assert_eq!((http.bind.port(), http.timeout_seconds, http.events_limit), (3, 2, 1));
    assert_eq!(http.shutdown_seconds, 25);
}

#[test]
fn a_file_named_by_a_flag_wins_over_one_named_by_the_environment() {
    let flags = Flags { file: Some("no/such/file.toml".into()), set: vec![] };
    let errors = load(Some("[http]\nbnd = 1"), &[], flags).unwrap_err();
    assert_eq!(errors, ["the file `no/such/file.toml` cannot be read: no such file or directory"]);
}

#[test]
fn every_error_is_told_at_once_with_its_layer() {
    let file = "[http]\nbnd = '127.0.0.1:1'\nevents_limit = 0\n[store]\nmap_size = '1 MB'\n[logs]\nx = 1";
    let environment = [("MAYSEND_HTTP__BODY_LIMIT", "-1"), ("MAYSEND_LOG__FORMT", "json")];
    let flags = Flags::default().with("--bind", "http.bind", Some("here"));
    insta::assert_snapshot!(load(Some(file), &environment, flags).unwrap_err().join("\n"), @r"
    `http.bnd` in `test.toml` is no key of the configuration: did you mean `http.bind`?
    `logs.x` in `test.toml` is no key of the configuration: `deploy/maysend.toml` lists the keys
    `store.map_size` in `test.toml` is `1 MB`: it takes a number of bytes, or one with a unit such as `16 MiB`
    `http.body_limit` in the environment variable `MAYSEND_HTTP__BODY_LIMIT` is `-1`: it takes a number of bytes, or one with a unit such as `16 MiB`
    `log.formt` in the environment variable `MAYSEND_LOG__FORMT` is no key of the configuration: did you mean `MAYSEND_LOG__FORMAT`?
    `http.bind` in the flag `--bind` is `here`: it takes an address and a port, such as `127.0.0.1:8080`
    `http.events_limit` in `test.toml` is 0: no request could be answered
    ");
}

#[rstest::rstest]
#[case("[store]\nmap_size = 1048577", "must be a multiple of")]
#[case("[store]\nmap_size = '4 KiB'", "needs at least 1 MiB")]
#[case("[store]\nmap_size = '99999999 TiB'", "it takes a number of bytes")]
#[case("[http]\nevents_body_limit = 0", "no request could be answered")]
#[case("[http]\nmessage_body_limit = '0 MiB'", "no request could be answered")]
#[case("[http]\ntimeout_seconds = 100000", "more than a day")]
#[case("[http]\ntimeout_seconds = 1.5", "it takes a whole number")]
#[case("[http]\ncors_origins = ['*']", "an origin is a scheme and a host")]
#[case("[http]\ncors_origins = ['https://a.example/path']", "an origin is a scheme and a host")]
#[case("[store]\ndata_dir = ''", "is empty")]
#[case("[retention]\nsends_days = 366", "so it takes 367 or more, or 0 for ever")]
#[case("[retention]\nconsents_days = -1", "it takes a whole number")]
#[case("[log]\nfilter = 'maysend=loud'", "cannot be read")]
#[case("[log]\nformat = 'xml'", "it takes `text` or `json`")]
#[case("http = 3", "is a section, not a key")]
#[case("[http\n", "is not TOML: at line 1")]
fn a_wrong_value_is_refused_in_words(#[case] file: &str, #[case] says: &str) {
    refused(file, says);
}

#[test]
fn lists_and_switches_are_read_from_the_environment() {
    let environment = [
        ("MAYSEND_HTTP__CORS_ORIGINS", "https://a.example, https://b.example:8443"),
        ("MAYSEND_STORE__ALLOW_NETWORK_FS", "true"),
        ("MAYSEND_STORE__MAP_SIZE", "1 GiB"),
        ("MAYSEND_STORE__DATA_DIR", "42"),
    ];
    let Config { http, store, .. } = load(None, &environment, Flags::default()).unwrap();
    assert_eq!(http.cors_origins, ["https://a.example", "https://b.example:8443"]);
    assert_eq!((store.allow_network_fs, store.map_size, store.data_dir.to_str()), (true, 1 << 30, Some("42")));
}

#[test]
fn variables_of_others_are_let_be_and_misspelt_ones_are_not() {
    let kubernetes = [("MAYSEND_SERVICE_HOST", "10.0.0.1"), ("MAYSEND_PORT", "tcp://10.0.0.1:8080")];
    assert!(load(None, &kubernetes, Flags::default()).is_ok());
    let errors = load(None, &[("MAYSEND_HTTP_BIND", "0.0.0.0:80"), ("MAYSEND_DATA_DIR", "x")], Flags::default());
    let [first, second] = errors.unwrap_err().try_into().unwrap();
    assert!(second.contains("did you mean `MAYSEND_STORE__DATA_DIR`?"), "{second}");
    assert!(first.contains("did you mean `MAYSEND_HTTP__BIND`?"), "{first}");
}

#[test]
fn the_secret_key_is_read_and_never_shown() {
    for hex in [HEX, &"1".repeat(64), &format!("1e{}", "1".repeat(62))] {
        let store = load(None, &[("MAYSEND_STORE__KEY", hex)], Flags::default()).unwrap().store;
        assert!(store.key.is_some());
        assert!(format!("{store:?}").contains("key: Some([secret])"));
    }
    let key: Secret = HEX.parse().unwrap();
    assert_eq!((key.expose()[0], key.expose()[1], key.expose()[31]), (0, 1, 31));
    let short = HEX.trim_end_matches('f');
    let wrong = format!("[store]\nkey = '{short}'");
    let errors = load(Some(&wrong), &[], Flags::default()).unwrap_err().concat();
    assert!(errors.contains("64 hexadecimal digits") && !errors.contains(short), "{errors}");
    let unquoted = load(Some(&format!("[store]\nkey = x{short}")), &[], Flags::default()).unwrap_err().concat();
    assert!(unquoted.contains("is not TOML") && !unquoted.contains(short), "{unquoted}");
    refused(&format!("[store]\nkey = '{HEX}'\nkey_file = 'k'"), "are both set");
}
