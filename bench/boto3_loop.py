"""Receives ten, signs, publishes ten, deletes ten: the loop that a script would have."""

import json
import sys
import uuid
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config

AWS = sys.argv[1]
QUEUE = AWS + "/000000000000/attachment-requests"
TOPIC = "arn:aws:sns:us-east-1:000000000000:deliveries"

sqs = boto3.client("sqs", endpoint_url=AWS)
sns = boto3.client("sns", endpoint_url=AWS)
s3 = boto3.client("s3", endpoint_url=AWS, config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))

while True:
    messages = sqs.receive_message(QueueUrl=QUEUE, MaxNumberOfMessages=10, WaitTimeSeconds=20).get("Messages", [])
    entries = []
    for message in messages:
        event = json.loads(message["Body"])
        data = event["data"]
        now = datetime.now(timezone.utc)
        for recipient in data["recipients"]:
            attachment = data["attachment"]
            url = s3.generate_presigned_url("get_object", ExpiresIn=86400, Params={
                "Bucket": "attache", "Key": attachment["key"],
                "ResponseContentDisposition": 'attachment; filename="%s"' % attachment["fileName"]})
            entries.append({"Id": str(len(entries)), "Message": json.dumps({
                "specversion": "1.0", "id": str(uuid.uuid4()), "source": event["source"], "type": "link.issued",
                "time": now.isoformat(), "subject": event["subject"],
                "data": {"requestId": event["id"], "channel": data["channel"], "recipient": recipient, "message": data["message"],
                         "links": [{"url": url, "fileName": attachment["fileName"],
                                    "expiresAt": (now + timedelta(days=1)).isoformat()}]}}, separators=(",", ":"))})
    if entries:
        sns.publish_batch(TopicArn=TOPIC, PublishBatchRequestEntries=entries)
        sqs.delete_message_batch(QueueUrl=QUEUE, Entries=[
            {"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, message in enumerate(messages)])
