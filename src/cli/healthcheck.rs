//! `maysend healthcheck`: whether a running service can decide. For containers, which have no curl.

use std::{net::IpAddr, process::ExitCode, time::Duration};

use clap::Args;
use serde_json::Value;

use super::{Failure, output};
use crate::config::{Config, Flags};

/// How long an answer may take: a service that is slower than this is of no use to those who ask.
const PATIENCE: Duration = Duration::from_secs(5);

/// Ask a running service whether it is ready.
///
/// Exit code 0 means that it is, 1 that it is not, with the reasons on standard error. A service that is not ready
/// need not be restarted: use `--live` where a failure means a restart.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend healthcheck
  maysend healthcheck --live --url http://127.0.0.1:9090")]
pub(super) struct Healthcheck {
    /// Where the service is [default: the address of the configuration, http://127.0.0.1:8080]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Ask whether the process is alive instead
    #[arg(long)]
    live: bool,
}

impl Healthcheck {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let url = match self.url {
            Some(url) => url,
            None => nearby(&Config::load(&Flags::default())?),
        };
        let asked = if self.live { "live" } else { "ready" };
        let url = format!("{}/{asked}", url.trim_end_matches('/'));
        let (is_so, body) = ask(&url).map_err(|error| not_reached(&url, &error))?;
        if !is_so {
            return Err(Failure::NotReady(format!("the service is not {asked}: {}", reasons(&body))));
        }
        output::print(&format!("{asked}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The configured address, seen from this machine: one that means "every address" is reached as this machine's own.
fn nearby(config: &Config) -> String {
    let mut address = config.http.bind;
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(std::net::Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(std::net::Ipv6Addr::LOCALHOST.into()),
        IpAddr::V4(_) | IpAddr::V6(_) => {}
    }
    format!("http://{address}")
}

fn ask(url: &str) -> Result<(bool, String), ureq::Error> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        // The service is on this machine; a proxy of the environment would answer for it.
        .proxy(None)
        .build()
        .new_agent();
    let mut answer = agent.get(url).call()?;
    let ready = answer.status().is_success();
    Ok((ready, answer.body_mut().read_to_string()?))
}

fn not_reached(url: &str, error: &ureq::Error) -> Failure {
    Failure::NotReady(format!("no answer from {url}: {}: is `maysend serve` running there?", words(error)))
}

fn words(error: &ureq::Error) -> String {
    if let ureq::Error::Io(error) = error {
        return crate::config::reason(error);
    }
    if let ureq::Error::Timeout(_) = error {
        return format!("nothing within {} seconds", PATIENCE.as_secs());
    }
    error.to_string()
}

/// What the problem document says, in one line.
fn reasons(body: &str) -> String {
    let Ok(problem) = serde_json::from_str::<Value>(body) else { return "it does not say why".to_owned() };
    let said = |value: &Value| value.as_str().or_else(|| value.get("message")?.as_str()).map(str::to_owned);
    let lists = ["reasons", "errors"].into_iter().filter_map(|name| problem.get(name)?.as_array());
    let reasons: Vec<String> = lists.flatten().filter_map(said).collect();
    let detail = ["detail", "title"].into_iter().find_map(|name| problem.get(name)?.as_str());
    if reasons.is_empty() { detail.unwrap_or("it does not say why").to_owned() } else { reasons.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("127.0.0.1:8080", "http://127.0.0.1:8080")]
    #[case("0.0.0.0:9090", "http://127.0.0.1:9090")]
    #[case("[::]:9090", "http://[::1]:9090")]
    #[case("10.1.2.3:80", "http://10.1.2.3:80")]
    fn the_configured_address_is_seen_from_here(#[case] bind: &str, #[case] url: &str) {
        let mut config = Config::shipped().unwrap();
        config.http.bind = bind.parse().unwrap();
        assert_eq!(nearby(&config), url);
    }

    #[rstest::rstest]
    #[case(r#"{"detail":"the store is full"}"#, "the store is full")]
    #[case(
        r#"{"title":"not ready","reasons":["the store is full","the disk is slow"]}"#,
        "the store is full; the disk is slow"
    )]
    #[case(r#"{"detail":"no","errors":[{"message":"the store is full"}]}"#, "the store is full")]
    #[case("<html>", "it does not say why")]
    fn the_reasons_are_told(#[case] body: &str, #[case] says: &str) {
        assert_eq!(reasons(body), says);
    }
}
