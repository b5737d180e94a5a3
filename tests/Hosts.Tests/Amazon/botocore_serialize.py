"""Botocore's word on AWS requests, answers and signatures: JSON in, JSON out.

Standard input: a list of questions, each one of
  {"ask": "request", "service", "operation", "params"}             how botocore would send it
  {"ask": "response", "service", "operation", "status", "headers", "body"}  what botocore reads from it
  {"ask": "signature", "service", "region", "key", "secret", "token",
   "method", "url", "headers", "body"}                             how botocore would sign it
Standard output: the list of answers.
"""

import base64
import copy
import datetime
import json
import sys

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

LOADER = botocore.session.get_session().get_component("data_loader")

# Debian's botocore (1.29) knows CloudWatch and SQS by their query protocol only. Newer models of the same versions
# 2010-08-01 and 2012-11-05 name the same shapes for awsJson1_0 as well (1.43: protocols smithy-rpc-v2-cbor, json and
# query; of SQS json), so its JSON serializer is given those shapes, without the names that they have in queries, and
# the newer models' metadata. Members that 1.29 lacks are added. (1.43.11 with its own model agreed on SQS, 2026-11-28.)
JSON_METADATA = {
    "cloudwatch": {"protocol": "json", "jsonVersion": "1.0", "targetPrefix": "GraniteServiceVersion20100801"},
    "sqs": {"protocol": "json", "jsonVersion": "1.0", "targetPrefix": "AmazonSQS"},
}
NEW_MEMBERS = {"sqs": {"ReceiveMessageRequest": {"MessageSystemAttributeNames": {"shape": "AttributeNameList"}}}}


def model(service):
    description = copy.deepcopy(LOADER.load_service_model(service, "service-2"))
    if service in JSON_METADATA:
        description["metadata"].update(JSON_METADATA[service])
        forget_query_names(description)
        for shape, members in NEW_MEMBERS.get(service, {}).items():
            description["shapes"][shape]["members"].update(members)
    return ServiceModel(description, service)


def forget_query_names(description):
    for operation in description["operations"].values():
        operation.get("output", {}).pop("resultWrapper", None)
    for shape in description["shapes"].values():
        shape.pop("flattened", None)
        for part in [*shape.get("members", {}).values(), shape.get("key"), shape.get("value"), shape.get("member")]:
            (part or {}).pop("locationName", None)


def request(question):
    service = model(question["service"])
    serializer = create_serializer(service.metadata["protocol"])
    operation = service.operation_model(question["operation"])
    sent = serializer.serialize_to_request(question["params"], operation)
    return {
        "method": sent["method"],
        "path": sent["url_path"],
        "headers": sent["headers"],
        "body": json.loads(sent["body"]),
    }


def response(question):
    service = model(question["service"])
    parser = create_parser(service.metadata["protocol"])
    shape = service.operation_model(question["operation"]).output_shape
    return parser.parse(
        {"status_code": question["status"], "headers": question["headers"], "body": question["body"].encode()}, shape
    )


def signature(question):
    """The headers are those that were signed; botocore adds none of its own."""
    headers = {name.lower(): value for name, value in question["headers"].items()}
    sent = AWSRequest(
        method=question["method"], url=question["url"], headers=headers, data=question["body"].encode()
    )
    sent.context["timestamp"] = headers["x-amz-date"]
    signer = SigV4Auth(
        Credentials(question["key"], question["secret"], question["token"]), question["service"], question["region"]
    )
    return signer.signature(signer.string_to_sign(sent, signer.canonical_request(sent)), sent)


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


ANSWERS = {"request": request, "response": response, "signature": signature}
print(json.dumps([ANSWERS[question["ask"]](question) for question in json.load(sys.stdin)], default=plain))
