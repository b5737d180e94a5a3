"""The same with boto3 imported, as in every function that also talks to AWS; it makes no client."""

import boto3  # noqa: F401

from with_urllib3 import handler  # noqa: F401
