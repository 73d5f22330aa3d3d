#!/bin/sh
# Sends messages that SNS could not deliver to their queues: from deliveries-undelivered to email-deliveries or
# newsletter-deliveries, by the message attribute "channel". Run it when the cause is fixed, such as when the queue exists again.
#
#   infra/redeliver.sh
#
# A message is deleted only after it was sent. A run that stops early can be repeated: the worker drops duplicates, which have
# the same ids. Needs sqs:GetQueueUrl, sqs:ReceiveMessage and sqs:DeleteMessage on deliveries-undelivered, and sqs:GetQueueUrl
# and sqs:SendMessage on the other two; with a KMS key also kms:Decrypt and kms:GenerateDataKey on it. AWS_REGION and
# AWS_ENDPOINT_URL are used as in setup.sh.
set -eu

export AWS_PAGER=
# Version 1 of the CLI reads only AWS_DEFAULT_REGION.
export AWS_DEFAULT_REGION="${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}"
sqs_endpoint=${AWS_ENDPOINT_URL_SQS:-${AWS_ENDPOINT_URL:-}}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# aws sqs, with the endpoint as an option: version 1 of the CLI ignores AWS_ENDPOINT_URL for this service.
sqs() {
  aws sqs ${sqs_endpoint:+--endpoint-url "$sqs_endpoint"} "$@"
}

url() { sqs get-queue-url --queue-name "$1" --query QueueUrl --output text; }

undelivered=$(url deliveries-undelivered)
sent=0
while :; do
  message=$(sqs receive-message --queue-url "$undelivered" --max-number-of-messages 1 --wait-time-seconds 5 \
    --visibility-timeout 60 --message-attribute-names channel --output text \
    --query "Messages[0].[MessageAttributes.channel.StringValue, ReceiptHandle, Body]")
  case $message in
    '' | None) break ;;
  esac
  channel=$(printf '%s' "$message" | cut -f1)
  receipt=$(printf '%s' "$message" | cut -f2)
  case $channel in
    email | newsletter) queue=$channel-deliveries ;;
    *)
      echo "infra/redeliver.sh: a message has the channel '$channel', for which there is no queue. It stays in" \
        "deliveries-undelivered: read it with 'aws sqs receive-message', and delete or move it by hand" >&2
      exit 1 ;;
  esac
  # JSON strings contain no tabs and no line ends. In a file, because a message can be too long for a command line.
  printf '%s' "$(printf '%s' "$message" | cut -f3-)" >"$body"
  sqs send-message --queue-url "$(url "$queue")" --message-body "file://$body" \
    --message-attributes "{\"channel\":{\"DataType\":\"String\",\"StringValue\":\"$channel\"}}" >/dev/null
  sqs delete-message --queue-url "$undelivered" --receipt-handle "$receipt"
  sent=$((sent + 1))
done
echo "$sent messages sent"
