"""Tests the running service against its own OpenAPI specification.

Starts the program on a free port, registers the senders that the examples name, lets Schemathesis call every operation
with valid and invalid requests, stops the program, and reads its log. Fails if Schemathesis finds anything, if too few
checks came as far as a decision, if the program does not stop cleanly, or if the log tells of a panic or of an error of
the service.

    python tests/schemathesis.py PROGRAM SCHEMATHESIS OUTPUT_DIRECTORY [OPTION OF SCHEMATHESIS]...

Other seeds find other things: `--seed 7 --max-examples 300`.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request

HERE = pathlib.Path(__file__).parent
LISTENING = re.compile(r"listening on (http://[0-9.:]+)")
START_SECONDS = 30
STOP_SECONDS = 60
# The senders that the examples and tests/schemathesis.toml name are registered as the examples have it.
EXAMPLES = json.loads((HERE.parent / "openapi" / "examples.json").read_text())
SENDERS = [(step["path"], step["body"]) for step in EXAMPLES if step["operation"] == "put_sender"]
# With fewer decisions than this, next to nothing was held against the schema of a decision.
FEWEST_DECISIONS = 200
DECIDED = re.compile(r'"POST /check: (200|403) in ')


class Service:
    """The program under test, with every line that it logs."""

    def __init__(self, program, data):
        command = [program, "serve", "--bind", "127.0.0.1:0", "--data-dir", data, "--log-format", "json"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.lines = []
        self.url = None
        self.listening = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        """Collects the log, also while nobody waits for it, so that the pipe never fills up."""
        for line in self.process.stderr:
            self.lines.append(line)
            found = LISTENING.search(line)
            if found and self.url is None:
                self.url = found.group(1)
                self.listening.set()
        self.listening.set()

    def wait(self):
        """Waits for the line that tells the address."""
        self.listening.wait(START_SECONDS)
        if self.url is None:
            self.process.kill()
            sys.exit("the service did not start:\n" + "".join(self.lines))

    def register(self, path, profile):
        """Registers a sender."""
        request = urllib.request.Request(self.url + path, json.dumps(profile).encode(), method="PUT")
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request, timeout=START_SECONDS).close()

    def stop(self):
        """Asks the program to stop and gives its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.reader.join()
        return code


def count(report, decisions):
    """Adds what Schemathesis did to the file of counts that tests/run.sh prints at the end."""
    did = json.loads(report.read_text())
    lines = [
        f"Schemathesis operations: {did['operations']['tested']} of {did['operations']['total']}\n",
        f"Schemathesis requests: {did['test_cases']['generated']}\n",
        f"Schemathesis decisions: {decisions}\n",
    ]
    if not did["operations"]["tested"]:
        sys.exit("schemathesis tested nothing")
    if "MAYSEND_COUNTS" in os.environ:
        with open(os.environ["MAYSEND_COUNTS"], "a", encoding="utf-8") as counts:
            counts.writelines(lines)


def main():
    program, schemathesis, output = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    failures = []
    with tempfile.TemporaryDirectory(prefix="maysend-") as data:
        service = Service(program, data)
        service.wait()
        for path, profile in SENDERS:
            service.register(path, profile)
        report = output / "report.json"
        run = subprocess.run(
            [schemathesis, "--config-file", HERE / "schemathesis.toml", "run", f"{service.url}/openapi.json",
             "--checks", "all", "--report", "json", "--report-json-path", report, *sys.argv[4:]],
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py")},
            check=False,
        )
        if run.returncode != 0:
            failures.append(f"schemathesis found something (exit code {run.returncode})")
        code = service.stop()
        if code != 0:
            failures.append(f"the service did not stop cleanly (exit code {code})")
    (output / "service.log").write_text("".join(service.lines))
    bad = [line for line in service.lines if "panic" in line or '"level":"ERROR"' in line]
    if bad:
        failures.append("the service logged what it should not:\n" + "".join(bad[:10]))
    decisions = sum(DECIDED.search(line) is not None for line in service.lines)
    if decisions < FEWEST_DECISIONS:
        failures.append(f"only {decisions} checks came as far as a decision")
    if failures:
        sys.exit("\n".join(failures))
    count(report, decisions)


if __name__ == "__main__":
    main()
