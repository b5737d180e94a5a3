"""What people put between SNS and Slack: a fixed text, urllib3, no check of the answer."""

import json
import os

import urllib3

pool = urllib3.PoolManager()


def handler(event, context):
    body = json.dumps({"text": "An alarm changed its state :fire:"}).encode("utf-8")
    return pool.request("POST", os.environ["SLACK_WEBHOOK_URL"], body=body).status
