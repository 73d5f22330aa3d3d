#!/bin/sh
# Sends what SNS could not deliver to the queues it was meant for: deliveries-undelivered to email-deliveries and
# newsletter-deliveries, by the message attribute channel. For after the reason is gone, e.g. once the queue exists again.
#
#   infra/redeliver.sh
#
# A message is deleted only when its queue has it. A run that ends early can be repeated: the worker drops what comes twice,
# for its ids are the same. Needs sqs:GetQueueUrl, sqs:ReceiveMessage and sqs:DeleteMessage on deliveries-undelivered,
# sqs:GetQueueUrl and sqs:SendMessage on the two. AWS_REGION and AWS_ENDPOINT_URL as for setup.sh.
set -eu

export AWS_PAGER=
# The CLI's first version reads only the second name.
export AWS_DEFAULT_REGION="${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}"
sqs_endpoint=${AWS_ENDPOINT_URL_SQS:-${AWS_ENDPOINT_URL:-}}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# aws sqs, at the emulator if there is one: the CLI's first version overlooks AWS_ENDPOINT_URL for this service.
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
      echo "infra/redeliver.sh: a message has the channel '$channel', which no queue is for; it stays. Look at it with" \
        "'aws sqs receive-message', and delete or move it by hand" >&2
      exit 1 ;;
  esac
  # JSON has neither tabs nor line ends within its strings. From a file, for a message may be too long for a command line.
  printf '%s' "$(printf '%s' "$message" | cut -f3-)" >"$body"
  sqs send-message --queue-url "$(url "$queue")" --message-body "file://$body" \
    --message-attributes "{\"channel\":{\"DataType\":\"String\",\"StringValue\":\"$channel\"}}" >/dev/null
  sqs delete-message --queue-url "$undelivered" --receipt-handle "$receipt"
  sent=$((sent + 1))
done
echo "$sent messages sent again"
