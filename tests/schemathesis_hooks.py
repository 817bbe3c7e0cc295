"""What Schemathesis cannot know of the service by itself. See tests/schemathesis.py."""

import json

import schemathesis


# What is base64 exactly, the unused bits of its end included: a schema that says `contentEncoding` does not say how the
# text looks.
BASE64 = "^([A-Za-z0-9+/]{4}){0,40}([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"


@schemathesis.hook
def before_load_schema(_context, schema):
    """Takes the checks of messages other than emails out of the examples, and says how base64 looks and what a text is.

    The coverage phase mixes the fields of all examples of a body: with those among them nearly every request would be a
    text message or a letter to an email address, which is not decided.
    """
    content = schema["paths"]["/check"]["post"]["requestBody"]["content"]["application/json"]
    others = [name for name, example in content["examples"].items() if example["value"]["channel"] != "email"]
    for name in others:
        del content["examples"][name]
    for component in schema["components"]["schemas"].values():
        if component.get("contentEncoding") == "base64":
            component["pattern"] = BASE64
    # Whatever is sent as a body that is a text, is one: nothing can be of another type.
    del schema["components"]["schemas"]["WholeMessage"]["type"]


@schemathesis.serializer("message/rfc822", "text/html", "text/plain")
def as_itself(_context, value):
    """A message, or a text, that is the body itself."""
    return str(value).encode(errors="replace")


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context, value):
    """One event as one line: the schema that the specification shows is that of a line."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def the_last_line(_context, response):
    """What a batch comes to, or why it ended: the schema that the specification shows is that of a line."""
    return json.loads(response.content.splitlines()[-1])


@schemathesis.serializer("application/cloudevents+json", "application/cloudevents-batch+json")
def as_json(_context, value):
    return json.dumps(value).encode()
