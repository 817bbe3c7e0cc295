"""What Schemathesis cannot know of the service by itself. See tests/schemathesis.py."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """One event as one line: the schema that the specification shows is that of a line."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.serializer("application/cloudevents+json", "application/cloudevents-batch+json")
def as_json(_context, value):
    return json.dumps(value).encode()
