"""Reads a plan of Terraform as JSON, and exits with 1 if it changes anything.

What moto stores and does not return is named here. AWS returns it.
"""
import json
import sys

NOT_RETURNED = {
    "aws_ecs_service": {
        "availability_zone_rebalancing",
        "enable_ecs_managed_tags",
        "health_check_grace_period_seconds",
    },
    # Of rules that name a security group.
    "aws_vpc_security_group_egress_rule": {"description"},
    "aws_vpc_security_group_ingress_rule": {"description"},
}


def changed(change):
    before, after = change["before"] or {}, change["after"] or {}
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} | set(
        change.get("after_unknown") or {}
    )


def differences(resource):
    names = changed(resource["change"])
    if resource["change"]["actions"] != ["update"]:
        return names
    lost = NOT_RETURNED.get(resource["type"], set())
    return {name for name in names if name not in lost or resource["change"]["before"].get(name)}


failed = False
for it in json.load(sys.stdin).get("resource_changes", []):
    if it["change"]["actions"] in (["no-op"], ["read"]):
        continue
    names = differences(it)
    if names:
        failed = True
        print(it["address"], it["change"]["actions"])
        for name in sorted(names):
            print("  ", name, (it["change"]["before"] or {}).get(name), "->", (it["change"]["after"] or {}).get(name))
sys.exit(1 if failed else 0)
