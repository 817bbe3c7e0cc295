"""What Schemathesis cannot know of the service by itself. See tests/schemathesis.py."""

import json

import schemathesis


@schemathesis.hook
def before_load_schema(_context, schema):
    """Takes the checks of messages other than emails out of the examples.

    The coverage phase mixes the fields of all examples of a body: with those among them nearly every request would be a
    text message or a letter to an email address, which is not decided.
    """
    content = schema["paths"]["/check"]["post"]["requestBody"]["content"]["application/json"]
    others = [name for name, example in content["examples"].items() if example["value"]["channel"] != "email"]
    for name in others:
        del content["examples"][name]


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """One event as one line: the schema that the specification shows is that of a line."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.serializer("application/cloudevents+json", "application/cloudevents-batch+json")
def as_json(_context, value):
    return json.dumps(value).encode()
