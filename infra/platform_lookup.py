import boto3
import cfnresponse


def handler(event, context):
    branch = event["ResourceProperties"]["Branch"]
    try:
        found = {} if event["RequestType"] == "Delete" else {"PlatformArn": recommended(branch)}
    except Exception as problem:  # CloudFormation waits for an answer, whatever happened.
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, "platform", reason=str(problem))
        return
    cfnresponse.send(event, context, cfnresponse.SUCCESS, found, "platform")


def recommended(branch):
    found = platforms("=", branch)
    if found:
        return found[0]["PlatformArn"]
    others = sorted({platform["PlatformBranchName"] for platform in platforms("begins_with", "PHP ")})
    raise LookupError(
        f'Elastic Beanstalk recommends no platform of the branch "{branch}" in this region. '
        f'Deploy with -c platform=... and one of: {"; ".join(others) or "(no PHP branch here)"}.'
    )


def platforms(operator, branch):
    filters = [
        {"Type": "PlatformBranchName", "Operator": operator, "Values": [branch]},
        {"Type": "PlatformLifecycleState", "Operator": "=", "Values": ["Recommended"]},
    ]
    return boto3.client("elasticbeanstalk").list_platform_versions(Filters=filters)["PlatformSummaryList"]
