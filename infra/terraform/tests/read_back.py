#!/usr/bin/env python3
"""Prints the settings of an installation on an emulator as JSON: queues, topics, subscriptions and the bucket.

    read_back.py <endpoint> <region> <bucket> [<prefix of names>]

The account, the bucket's name and the prefix are replaced by ACCOUNT, BUCKET and nothing, and policies and lists are in
one order, so that the documents of two installations can be compared. Only names with the prefix are listed.
AWS_ACCESS_KEY_ID decides on the account, as LocalStack does; needs boto3.
"""
import json
import os
import re
import sys

import boto3
from botocore.exceptions import ClientError

# What differs between any two installations, or changes by itself.
IGNORED_OF_QUEUES = {
    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
}
IGNORED_OF_TOPICS = {
    "EffectiveDeliveryPolicy", "Owner", "SubscriptionsConfirmed", "SubscriptionsDeleted", "SubscriptionsPending", "TopicArn",
}
IGNORED_OF_SUBSCRIPTIONS = {"EffectiveDeliveryPolicy", "Endpoint", "Owner", "SubscriptionArn", "TopicArn"}

# The operation for each sub-resource of the bucket, the key of its answer, and the codes that say that there is none.
SUBRESOURCES = {
    "cors": ("get_bucket_cors", "CORSRules"),
    "encryption": ("get_bucket_encryption", "ServerSideEncryptionConfiguration"),
    "lifecycle": ("get_bucket_lifecycle_configuration", "Rules"),
    "logging": ("get_bucket_logging", "LoggingEnabled"),
    "notifications": ("get_bucket_notification_configuration", None),
    "ownership": ("get_bucket_ownership_controls", "OwnershipControls"),
    "policy": ("get_bucket_policy", "Policy"),
    "public access block": ("get_public_access_block", "PublicAccessBlockConfiguration"),
    "versioning": ("get_bucket_versioning", "Status"),
}
ABSENT = {
    "NoSuchBucketPolicy", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "NoSuchPublicAccessBlockConfiguration",
    "OwnershipControlsNotFoundError", "ServerSideEncryptionConfigurationNotFoundError",
}


class Installation:
    def __init__(self, endpoint, region, bucket, prefix=""):
        self.bucket = bucket
        self.prefix = prefix
        key = os.environ.get("AWS_ACCESS_KEY_ID", "test")
        self.clients = {
            service: boto3.client(service, endpoint_url=endpoint, region_name=region, aws_access_key_id=key,
                                  aws_secret_access_key=os.environ.get("AWS_SECRET_ACCESS_KEY", "test"))
            for service in ("s3", "sns", "sqs", "sts")
        }
        self.account = self.clients["sts"].get_caller_identity()["Account"]

    def document(self):
        return {"bucket": self.bucket_settings(), "queues": self.queues(), "topics": self.topics()}

    def queues(self):
        sqs = self.clients["sqs"]
        found = {}
        for page in sqs.get_paginator("list_queues").paginate(QueueNamePrefix=self.prefix):
            for url in page.get("QueueUrls", []):
                attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
                found[self.plain(url.rsplit("/", 1)[1])] = self.attributes(attributes, IGNORED_OF_QUEUES)
        return found

    def topics(self):
        sns = self.clients["sns"]
        found = {}
        for page in sns.get_paginator("list_topics").paginate():
            for topic in page["Topics"]:
                arn = topic["TopicArn"]
                name = arn.rsplit(":", 1)[1]
                if name.startswith(self.prefix):
                    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
                    found[self.plain(name)] = {
                        **self.attributes(attributes, IGNORED_OF_TOPICS),
                        "subscriptions": self.subscriptions(arn),
                    }
        return found

    def subscriptions(self, topic):
        sns = self.clients["sns"]
        found = {}
        for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
            for subscription in page["Subscriptions"]:
                attributes = sns.get_subscription_attributes(SubscriptionArn=subscription["SubscriptionArn"])["Attributes"]
                found[self.plain(subscription["Endpoint"])] = self.attributes(attributes, IGNORED_OF_SUBSCRIPTIONS)
        return found

    def bucket_settings(self):
        found = {}
        for name, (operation, key) in SUBRESOURCES.items():
            try:
                answer = getattr(self.clients["s3"], operation)(Bucket=self.bucket)
            except ClientError as error:
                if error.response["Error"]["Code"] not in ABSENT:
                    raise
                continue
            answer.pop("ResponseMetadata", None)
            value = answer if key is None else answer.get(key)
            if value:
                found[name] = self.normalized(value)
        return found

    def attributes(self, attributes, ignored):
        return {name: self.normalized(value) for name, value in attributes.items() if name not in ignored}

    def normalized(self, value):
        """Documents in strings as documents, lists in one order, names without what differs between installations."""
        if isinstance(value, dict):
            # An action or resource alone is the same as a list of one, and so are {"AWS": "*"} and "*".
            fields = {self.plain(name): self.normalized(it) for name, it in value.items()}
            return fields["AWS"] if fields == {"AWS": "*"} else fields
        if isinstance(value, list):
            items = sorted((self.normalized(it) for it in value), key=lambda it: json.dumps(it, sort_keys=True))
            return items[0] if len(items) == 1 and isinstance(items[0], str) else items
        if isinstance(value, str):
            if value.startswith("{"):
                return self.normalized(json.loads(value))
            return self.plain(value)
        return value

    def plain(self, text):
        """Without account, bucket and prefix. The prefix begins the last part of a name or ARN."""
        if self.prefix:
            text = ":".join(part.removeprefix(self.prefix) for part in text.split(":"))
        # Sids contain the bucket's name with dashes.
        for name in (self.bucket, self.bucket.replace(".", "-")):
            if text == f"attache-{name}":
                text = "attache-BUCKET"
            text = text.replace(f":s3:::{name}", ":s3:::BUCKET")
        # The key may be in another account.
        text = re.sub(r"(:kms:[^:]*):\d{12}:", r"\1:ACCOUNT:", text)
        return text.replace(self.account, "ACCOUNT")


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    print(json.dumps(Installation(*sys.argv[1:]).document(), indent=2, sort_keys=True))
