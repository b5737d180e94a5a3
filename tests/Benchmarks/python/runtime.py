"""Runs a Python function against the Lambda Runtime API, as Lambda's Python runtime does: import once, then loop."""

import http.client
import importlib
import json
import os
import sys

handler = importlib.import_module(sys.argv[1]).handler
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    invocation = api.getresponse()
    request_id = invocation.headers["Lambda-Runtime-Aws-Request-Id"]
    event = json.loads(invocation.read())
    api.request(
        "POST",
        f"/2018-06-01/runtime/invocation/{request_id}/response",
        json.dumps(handler(event, None)).encode(),
    )
    api.getresponse().read()
