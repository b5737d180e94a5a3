"""Botocore's word on what EC2's clients send and what the server for tests answers: JSON in, JSON out.

Standard input: a list of calls {"operation", "parameters": [[name, value], ...], "status", "body"}.
Standard output: for each one
  "sent"    the same parameters as botocore's serializer would send them: they are read by the model into what a caller
            of botocore would have given, and that is serialized again. Names that the model does not have are missing.
  "strange" elements of the answer that the model does not have
  "parsed"  what botocore's parser makes of the answer
"""

import copy
import json
import sys
import xml.etree.ElementTree

import botocore.session
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

# What the model of botocore 1.43.11 (of the same API version) has in answers and that of Debian's 1.29 lacks.
REVOKED = {
    "type": "structure",
    "members": {
        name: {"shape": shape, "locationName": name[0].lower() + name[1:]}
        for name, shape in {
            "SecurityGroupRuleId": "String",
            "GroupId": "String",
            "IsEgress": "Boolean",
            "IpProtocol": "String",
            "FromPort": "Integer",
            "ToPort": "Integer",
            "CidrIpv4": "String",
            "CidrIpv6": "String",
            "PrefixListId": "String",
            "ReferencedGroupId": "String",
            "Description": "String",
        }.items()
    },
}
NEW_SHAPES = {
    "RevokedSecurityGroupRule": REVOKED,
    "RevokedSecurityGroupRuleList": {
        "type": "list",
        "member": {"shape": "RevokedSecurityGroupRule", "locationName": "item"},
    },
    "DeleteSecurityGroupResult": {
        "type": "structure",
        "members": {
            "Return": {"shape": "Boolean", "locationName": "return"},
            "GroupId": {"shape": "String", "locationName": "groupId"},
        },
    },
}
REVOKED_RULES = {
    "RevokedSecurityGroupRules": {
        "shape": "RevokedSecurityGroupRuleList",
        "locationName": "revokedSecurityGroupRuleSet",
    }
}
GROUP_ARN = {"SecurityGroupArn": {"shape": "String", "locationName": "securityGroupArn"}}
NEW_MEMBERS = {
    "RevokeSecurityGroupIngressResult": REVOKED_RULES,
    "RevokeSecurityGroupEgressResult": REVOKED_RULES,
    "SecurityGroupRule": {"SecurityGroupRuleArn": {"shape": "String", "locationName": "securityGroupRuleArn"}},
    "SecurityGroup": GROUP_ARN,
    "CreateSecurityGroupResult": GROUP_ARN,
}


def model():
    loader = botocore.session.get_session().get_component("data_loader")
    description = copy.deepcopy(loader.load_service_model("ec2", "service-2"))
    description["shapes"].update(NEW_SHAPES)
    for shape, members in NEW_MEMBERS.items():
        description["shapes"][shape]["members"].update(members)
    description["operations"]["DeleteSecurityGroup"]["output"] = {"shape": "DeleteSecurityGroupResult"}
    return ServiceModel(description, "ec2")


EC2 = model()


def tree(parameters):
    root = {}
    for name, value in parameters:
        *path, last = name.split(".")
        node = root
        for part in path:
            node = node.setdefault(part, {})
        node[last] = value
    return root


def wire_name(name, shape):
    if "queryName" in shape.serialization:
        return shape.serialization["queryName"]
    name = shape.serialization.get("name", name)
    return name[0].upper() + name[1:]


def read(shape, node):
    if shape.type_name == "structure":
        return {
            name: read(member, node[wire_name(name, member)])
            for name, member in shape.members.items()
            if wire_name(name, member) in node
        }
    if shape.type_name == "list":
        return [read(shape.member, node[number]) for number in sorted(node, key=int)]
    if shape.type_name == "integer":
        return int(node)
    return node == "true" if shape.type_name == "boolean" else node


def strange(shape, element, path):
    members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
    for child in element:
        name = child.tag.split("}")[-1]
        if name not in members:
            yield f"{path}{name}"
            continue
        member = members[name]
        if member.type_name == "structure":
            yield from strange(member, child, f"{path}{name}.")
        elif member.type_name == "list":
            for item in child:
                if item.tag.split("}")[-1] != "item":
                    yield f"{path}{name}.{item.tag}"
                elif member.member.type_name == "structure":
                    yield from strange(member.member, item, f"{path}{name}.")


def judge(call):
    operation = EC2.operation_model(call["operation"])
    sent = create_serializer("ec2").serialize_to_request(
        read(operation.input_shape, tree(call["parameters"])), operation
    )["body"]
    judged = {
        "sent": sorted([name, str(value)] for name, value in sent.items() if name not in ("Action", "Version")),
        "strange": [],
        "parsed": {},
    }
    # Of a request that was lost there is no answer.
    if call["body"]:
        answer = {"status_code": call["status"], "headers": {}, "body": call["body"].encode()}
        judged["parsed"] = create_parser("ec2").parse(answer, operation.output_shape)
    if call["body"] and call["status"] == 200:
        root = xml.etree.ElementTree.fromstring(call["body"])
        shape = operation.output_shape
        # Every answer has these, and most that have nothing to say have a "return".
        known = ["requestId"] + ([] if shape and "Return" in shape.members else ["return"])
        for child in list(root):
            if child.tag.split("}")[-1] in known:
                root.remove(child)
        judged["strange"] = list(strange(shape, root, "")) if shape else [child.tag for child in root]
        judged["root"] = root.tag
    return judged


print(json.dumps([judge(call) for call in json.load(sys.stdin)]))
