//! `maysend openapi`: the specification of the HTTP API.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, output};
use crate::http;

/// Print the OpenAPI specification of the HTTP API as JSON.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  maysend openapi > openapi.json")]
pub(super) struct Openapi {}

impl Openapi {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        output::print_json(&http::openapi::openapi())?;
        Ok(ExitCode::SUCCESS)
    }
}
