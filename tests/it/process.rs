//! The program itself, as a process of its own.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

/// A running service, killed when it is dropped.
pub(crate) struct Service {
    process: Child,
    /// Where it listens.
    pub(crate) url: String,
}

impl Service {
    /// Starts it on a free port, with its data there.
    pub(crate) fn start(dir: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_maysend"))
            .args(["serve", "--bind", "127.0.0.1:0", "--data-dir"])
            .arg(dir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let url = loop {
            let mut line = String::new();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "the service ended before it listened");
            if let Some((_, rest)) = line.split_once("listening on ") {
                let end = |c: char| c.is_whitespace() || c == '"' || c.is_control();
                break rest.split(end).next().unwrap().to_owned();
            }
            eprint!("{line}");
        };
        // A full pipe would hold the service up.
        thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Self { process, url }
    }

    /// Ends the process at once: it gets no chance to finish anything.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) code: Option<i32>,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
}

/// Runs the program with these arguments and this standard input, without the settings of whoever runs the tests.
pub(crate) fn run(arguments: &[&str], input: &str) -> Said {
    let mut process = Command::new(env!("CARGO_BIN_EXE_maysend"))
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A command that does not read its input may be gone already.
    let _ = process.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = process.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
