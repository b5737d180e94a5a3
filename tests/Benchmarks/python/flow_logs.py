"""From a Kinesis stream to Splunk in the way of the usual examples: inflate, parse, dump, post. No answer is looked at beyond
its end, nothing is sent again, nothing is kept."""

import base64
import gzip
import http.client
import json
import os
import urllib.parse

MOST_CHARACTERS = 1_000_000
NUMBERS = {0, 5, 6, 7, 8, 9, 10, 11}
NAMES = (
    "version account_id interface_id src_ip dest_ip src_port dest_port protocol_code packets bytes start end"
    " vpcflow_action log_status"
).split()

typed = os.environ.get("TYPED") == "true"
hec = http.client.HTTPConnection(urllib.parse.urlparse(os.environ["FLOW_LOGS_HEC_URL"]).netloc)
headers = {"Authorization": "Splunk token", "Content-Type": "application/json"}


def fields_of(line):
    fields = {
        NAMES[i]: int(value) if i in NUMBERS else value for i, value in enumerate(line.split(" ")) if value != "-"
    }
    fields["src"] = fields["src_ip"]
    fields["dest"] = fields["dest_ip"]
    fields["dvc"] = fields["interface_id"]
    fields["vendor_account"] = fields["account_id"]
    fields["vendor_product"] = "AWS VPC Flow Logs"
    fields["action"] = "allowed" if fields["vpcflow_action"] == "ACCEPT" else "blocked"
    fields["transport"] = "tcp" if fields["protocol_code"] == 6 else "udp"
    fields["duration"] = fields["end"] - fields["start"]
    return fields


def post(events):
    hec.request("POST", "/services/collector/event", "".join(events).encode(), headers)
    hec.getresponse().read()


def handler(event, context):
    events, characters = [], 0
    for record in event["Records"]:
        message = json.loads(gzip.decompress(base64.b64decode(record["kinesis"]["data"])))
        if message["messageType"] != "DATA_MESSAGE":
            continue

        source = f"{message['logGroup']}:{message['logStream']}"
        for log_event in message["logEvents"]:
            out = {
                "time": log_event["timestamp"] / 1000,
                "source": source,
                "sourcetype": "aws:cloudwatchlogs:vpcflow",
                "event": log_event["message"],
            }
            if typed:
                out["fields"] = fields_of(log_event["message"])
                out["fields"]["cwl_id"] = log_event["id"]

            text = json.dumps(out)
            events.append(text)
            characters += len(text)
            if characters > MOST_CHARACTERS:
                post(events)
                events, characters = [], 0

    if events:
        post(events)
