"""The same with what boto3 is imported for: the webhook stands in Parameter Store and is read once."""

import json
import os

import boto3
import urllib3

pool = urllib3.PoolManager()
name = os.environ["SLACK_WEBHOOK_URL"].removeprefix("ssm:")
# Debian's botocore is older than the variable, which newer ones read themselves.
ssm = boto3.client("ssm", endpoint_url=os.environ["AWS_ENDPOINT_URL_SSM"])
url = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]


def handler(event, context):
    body = json.dumps({"text": "An alarm changed its state :fire:"}).encode("utf-8")
    return pool.request("POST", url, body=body).status
