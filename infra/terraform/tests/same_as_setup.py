#!/usr/bin/env python3
"""Checks on LocalStack that infra/setup.sh makes what Terraform made: runs the script in another account, reads both
installations back, and prints what differs.

    same_as_setup.py <endpoint> <region> <bucket> <prefix of names> <URL of the pages> [<ARN of the KMS key>]

All arguments are those of Terraform's installation. Needs boto3, and the aws command on the PATH.
"""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from read_back import Installation

# LocalStack takes twelve digits as the account.
ACCOUNT_OF_SETUP = "222222222222"

# Where the two may differ: path, what setup.sh makes, what Terraform makes, and why.
ALLOWED = [
    (r"queues/[a-z-]+(-dlq|-undelivered)/MaximumMessageSize", "1048576", "262144",
     "version 5 of Terraform's provider accepts no more; examples/emulator sets it"),
    (r"topics/[a-z-]+/(Application|Firehose|HTTP|Lambda|SQS)SuccessFeedbackSampleRate", None, "0",
     "the provider states the default; without a role nothing is logged"),
]


def flat(value, path=""):
    """The values of a document by their paths. Members of lists are found by what names them, if anything does."""
    if isinstance(value, dict) and value:
        for name, it in value.items():
            yield from flat(it, f"{path}/{name}".lstrip("/"))
    elif isinstance(value, list) and value:
        for index, it in enumerate(value):
            name = next((it[key] for key in ("Sid", "ID", "Id") if key in it), index) if isinstance(it, dict) else index
            yield from flat(it, f"{path}[{name}]")
    else:
        yield path, value


def run_setup(endpoint, region, bucket, pages, key):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ATTACHE_"))}
    environment |= {
        "AWS_ACCESS_KEY_ID": ACCOUNT_OF_SETUP, "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": region,
        "AWS_ENDPOINT_URL": endpoint, "ATTACHE_BUCKET": bucket, "ATTACHE_URL": pages, "ATTACHE_KMS_KEY_ARN": key,
    }
    script = Path(__file__).parents[2] / "setup.sh"
    result = subprocess.run(["sh", script], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode:
        sys.exit(f"infra/setup.sh failed:\n{result.stdout}")


def allowed(path, by_setup, by_terraform):
    return any(re.fullmatch(pattern, path) and (by_setup, by_terraform) == (setup, terraform)
               for pattern, setup, terraform, _ in ALLOWED)


def main(endpoint, region, bucket, prefix, pages, key=""):
    made_by_terraform = dict(flat(Installation(endpoint, region, bucket, prefix).document()))
    run_setup(endpoint, region, f"{bucket}-by-setup", pages, key)
    os.environ["AWS_ACCESS_KEY_ID"] = ACCOUNT_OF_SETUP
    made_by_setup = dict(flat(Installation(endpoint, region, f"{bucket}-by-setup").document()))

    differences = []
    expected = 0
    for path in sorted(made_by_setup.keys() | made_by_terraform.keys()):
        pair = made_by_setup.get(path), made_by_terraform.get(path)
        if pair[0] == pair[1]:
            continue
        if allowed(path, *pair):
            expected += 1
        else:
            differences.append(f"{path}: setup.sh makes {json.dumps(pair[0])}, Terraform {json.dumps(pair[1])}")
    if differences:
        sys.exit("\n".join(["setup.sh and Terraform differ:", *differences]))
    print(f"setup.sh and Terraform make the same: {len(made_by_setup) - expected} settings are equal, {expected} differ as allowed")


if __name__ == "__main__":
    if not 6 <= len(sys.argv) <= 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
