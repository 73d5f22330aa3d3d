#!/bin/sh
# Makes what Attaché needs on AWS: queues with their dead-letter queues, topics, subscriptions and a bucket.
# Run it again at any time: it brings what exists back to what is written here, and deletes nothing.
#
#   ATTACHE_BUCKET    the bucket, made when missing           (attache)
#   ATTACHE_URL       where people open the upload page       (http://localhost:8080)
#   AWS_REGION        the region                              (the aws command's own setting, or us-east-1)
#   AWS_ENDPOINT_URL  an emulator's address, e.g. LocalStack  (AWS itself)
#
# Credentials are the aws command's own. Who may run this: infra/README.md.
set -eu

bucket=${ATTACHE_BUCKET:-attache}
page=${ATTACHE_URL:-http://localhost:8080}

sqs_endpoint=${AWS_ENDPOINT_URL_SQS:-${AWS_ENDPOINT_URL:-}}

export AWS_PAGER=
day=86400
visibility=60
max_receives=10
queue_retention=$((4 * day))
# A redriven message keeps its first timestamp, so that dead letters must be kept longer than messages.
dead_letter_retention=$((14 * day))
# A claim ("this mail was sent") must outlive every message it may be asked for: 4 + 14 days.
ledger_days=30
# Links live for seven days at most; an upload that was begun and not finished by then never will be.
multipart_days=7

main() {
  whose_account
  the_bucket
  refuse_foreign_settings

  queue attachment-requests
  queue purchases-completed
  queue request-parts
  queue objects-created "$(send_permission s3.amazonaws.com "$bucket_arn" "$account")"
  queue email-deliveries "$(send_permission sns.amazonaws.com "$(topic_arn deliveries)")"
  queue newsletter-deliveries "$(send_permission sns.amazonaws.com "$(topic_arn deliveries)")"

  topic deliveries
  topic attachment-events
  subscription deliveries email-deliveries email
  subscription deliveries newsletter-deliveries newsletter

  bucket_settings
  notification

  echo "Ready. Attaché needs: ATTACHE_BUCKET=$bucket AWS_REGION=$AWS_REGION"
}

# --- helpers ----------------------------------------------------------------------------------------------------------

# Ends the script: what is wrong, and what to do about it.
fail() {
  printf 'infra/setup.sh: %s\n' "$*" >&2
  exit 1
}

# Runs an aws command for its effect and ends with its own error when it fails.
run() {
  "$@" >/dev/null 2>"$errors" || fail "$(error_of "$@")"
}

# Prints an aws command's answer, or nothing when it fails with the error code $1, which means "there is none yet".
ask() {
  none=$1
  shift
  "$@" 2>"$errors" && return
  grep -q "$none" "$errors" || fail "$(error_of "$@")"
}

# The error of the aws command in "$@": which call it was and what AWS said.
error_of() {
  call=$*
  printf '%s: %s' "${call%% --*}" "$(grep -v '^$' "$errors" | tail -n 1)"
}

# aws sqs, at the emulator if there is one: the CLI's first version overlooks AWS_ENDPOINT_URL for this service.
sqs() {
  aws sqs ${sqs_endpoint:+--endpoint-url "$sqs_endpoint"} "$@"
}

# A text as the inside of a JSON string.
escaped() {
  printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'
}

queue_arn() { printf 'arn:%s:sqs:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

topic_arn() { printf 'arn:%s:sns:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

# --- where we are -----------------------------------------------------------------------------------------------------

# Finds out account, partition and region, and says what is missing.
whose_account() {
  command -v aws >/dev/null 2>&1 ||
    fail "the aws command is missing; install the AWS CLI (https://aws.amazon.com/cli/), version 2.13 or 1.29 and later"

  AWS_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}
  AWS_REGION=${AWS_REGION:-us-east-1}
  # The CLI's first version reads only the second name.
  export AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION"

  caller=$(aws sts get-caller-identity --query Arn --output text 2>"$errors") || case $(cat "$errors") in
    *"locate credentials"* | *"NoCredentials"*)
      fail "there are no AWS credentials; run 'aws configure' or 'aws sso login', or set AWS_ACCESS_KEY_ID and" \
        "AWS_SECRET_ACCESS_KEY (any values for LocalStack)" ;;
    *ExpiredToken* | *"has expired"*)
      fail "the AWS credentials have expired; log in again, e.g. with 'aws sso login'" ;;
    *"connect to the endpoint"*)
      fail "nothing answers at ${AWS_ENDPOINT_URL:-AWS in $AWS_REGION}; start it, or correct AWS_ENDPOINT_URL or AWS_REGION" ;;
    *) fail "the AWS credentials were not accepted; $(error_of aws sts get-caller-identity)" ;;
  esac
  # arn:<partition>:<service>::<account>:<who>; the partition is not "aws" in China and GovCloud.
  partition=$(echo "$caller" | cut -d: -f2)
  account=$(echo "$caller" | cut -d: -f5)

  # An origin has no path: https://attache.example.com/attache sends https://attache.example.com.
  origin=$(echo "$page" | sed -n 's#^\(https\{0,1\}://[^/?\#]*\).*#\1#p')
  [ -n "$origin" ] || fail "ATTACHE_URL is '$page', but must be a web address like https://attache.example.com"

  bucket_arn=arn:$partition:s3:::$bucket
  echo "Account $account, region $AWS_REGION, ${AWS_ENDPOINT_URL:-AWS}"
}

# --- queues -----------------------------------------------------------------------------------------------------------

# queue <name> [<policy>]: the queue and its dead-letter queue. Without a policy, one that exists is left as it is.
queue() {
  echo "Queue $1, with $1-dlq"
  queue_url "$1-dlq"
  set_queue "{\"MessageRetentionPeriod\":\"$dead_letter_retention\"}"

  redrive="{\"deadLetterTargetArn\":\"$(queue_arn "$1-dlq")\",\"maxReceiveCount\":$max_receives}"
  attributes="\"VisibilityTimeout\":\"$visibility\",\"MessageRetentionPeriod\":\"$queue_retention\""
  attributes="$attributes,\"RedrivePolicy\":\"$(escaped "$redrive")\""
  if [ -n "${2:-}" ]; then
    attributes="$attributes,\"Policy\":\"$(escaped "$2")\""
  fi
  queue_url "$1"
  set_queue "{$attributes}"
}

# Sets url to the queue's, which is made when missing.
queue_url() {
  url=$(ask NonExistentQueue sqs get-queue-url --queue-name "$1" --query QueueUrl --output text)
  if [ -z "$url" ]; then
    run sqs create-queue --queue-name "$1"
    url=$(ask - sqs get-queue-url --queue-name "$1" --query QueueUrl --output text)
  fi
}

# Sets the attributes, a JSON object, of the queue at $url.
set_queue() {
  run sqs set-queue-attributes --queue-url "$url" --attributes "$1"
}

# send_permission <service> <source arn> [<account>]: a queue policy that lets only this topic or bucket send. A bucket's
# ARN names no account, and a deleted bucket's name is free for anybody, so that the account is checked apart.
send_permission() {
  condition="\"ArnEquals\":{\"aws:SourceArn\":\"$2\"}"
  if [ -n "${3:-}" ]; then
    condition="$condition,\"StringEquals\":{\"aws:SourceAccount\":\"$3\"}"
  fi
  printf '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},' "$1"
  printf '"Action":"sqs:SendMessage","Resource":"*","Condition":{%s}}]}' "$condition"
}

# --- topics -----------------------------------------------------------------------------------------------------------

# topic <name>: the topic, made when missing.
topic() {
  echo "Topic $1"
  run aws sns create-topic --name "$1"
}

# subscription <topic> <queue> <channel>: the topic's messages for this channel go to the queue, without SNS's envelope.
subscription() {
  echo "Subscription $1 to $2, channel $3"
  filter="{\"channel\":[\"$3\"]}"
  topic=$(topic_arn "$1")
  target=$(queue_arn "$2")
  existing=$(ask - aws sns list-subscriptions-by-topic --topic-arn "$topic" --output text \
    --query "Subscriptions[?Endpoint=='$target'].SubscriptionArn | [0]")
  if [ -z "$existing" ] || [ "$existing" = None ]; then
    # In one call, so that nothing unfiltered slips through.
    run aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$target" \
      --attributes "{\"RawMessageDelivery\":\"true\",\"FilterPolicy\":\"$(escaped "$filter")\"}"
  else
    run aws sns set-subscription-attributes --subscription-arn "$existing" \
      --attribute-name RawMessageDelivery --attribute-value true
    run aws sns set-subscription-attributes --subscription-arn "$existing" \
      --attribute-name FilterPolicy --attribute-value "$filter"
  fi
}

# --- the bucket -------------------------------------------------------------------------------------------------------

# Makes the bucket when missing, and makes sure that it is ours and in this region.
the_bucket() {
  taken="the bucket $bucket belongs to another AWS account (names are shared by all), or these credentials may not see it;"
  taken="$taken set ATTACHE_BUCKET to a name of your own, e.g. $bucket-$account"
  if ! aws s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$account" >/dev/null 2>"$errors"; then
    case $(cat "$errors") in
      *404*) create_bucket ;;
      *403*) fail "$taken" ;;
      *) fail "$(error_of aws s3api head-bucket)" ;;
    esac
  fi
  # S3 leaves the oldest region unnamed, and calls the first European one EU in old buckets.
  found=$(ask - aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)
  case $found in
    None | '' | null) found=us-east-1 ;;
    EU) found=eu-west-1 ;;
  esac
  [ "$found" = "$AWS_REGION" ] || fail "the bucket $bucket is in $found, but S3 notifies only queues of its own region;" \
    "set AWS_REGION=$found, or ATTACHE_BUCKET to another bucket"
}

# Makes the bucket. The oldest region must not be named as a location.
create_bucket() {
  echo "Bucket $bucket: new"
  set -- aws s3api create-bucket --bucket "$bucket"
  if [ "$AWS_REGION" != us-east-1 ]; then
    set -- "$@" --create-bucket-configuration "LocationConstraint=$AWS_REGION"
  fi
  "$@" >/dev/null 2>"$errors" || case $(cat "$errors") in
    *BucketAlreadyExists*) fail "$taken" ;;
    *InvalidBucketName*) fail "ATTACHE_BUCKET is '$bucket', which is no bucket's name: 3 to 63 of a-z, 0-9, . and -" ;;
    *) fail "$(error_of aws s3api create-bucket)" ;;
  esac
}

# CORS, lifecycle and notifications can only be written as a whole. What somebody else wrote there stays, and we stop.
refuse_foreign_settings() {
  rules=$(ask NoSuchCORSConfiguration aws s3api get-bucket-cors --bucket "$bucket" --output text \
    --query "length(CORSRules[?ID!='attache-upload-page'])")
  refuse "${rules:-0}" "CORS rules" attache-upload-page

  rules=$(ask NoSuchLifecycleConfiguration aws s3api get-bucket-lifecycle-configuration --bucket "$bucket" --output text \
    --query "length(Rules[?ID!='attache-ledger' && ID!='attache-multipart'])")
  refuse "${rules:-0}" "lifecycle rules" "attache-ledger and attache-multipart"

  others="TopicConfigurations[].TopicArn, LambdaFunctionConfigurations[].LambdaFunctionArn"
  others="$others, QueueConfigurations[?QueueArn!='$(queue_arn objects-created)'].QueueArn"
  others=$(ask - aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text \
    --query "join(', ', ([$others][])[])")
  case $others in
    '' | None) ;;
    *) fail "the bucket $bucket already notifies $others, which this script would undo; set ATTACHE_BUCKET to another" \
      "bucket, or remove that notification, or add by hand: s3:ObjectCreated:* on prefix uploads/ to" \
      "$(queue_arn objects-created), and let that queue's policy allow it" ;;
  esac
}

# refuse <number> <what> <names>: stops when the bucket has settings under other names than ours.
refuse() {
  [ "$1" = 0 ] || [ "$1" = None ] ||
    fail "the bucket $bucket has $1 $2 besides $3, which this script would undo; set ATTACHE_BUCKET to another bucket," \
      "or remove them"
}

# Nobody but AWS identities, browsers from our page only, and what is left behind expires.
bucket_settings() {
  echo "Bucket $bucket: no public access, CORS for $origin, lifecycle"
  run aws s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true

  # LocalStack does not understand x-amz-*, so that the two we send are named as well.
  run aws s3api put-bucket-cors --bucket "$bucket" --cors-configuration '{"CORSRules":[{
    "ID": "attache-upload-page",
    "AllowedOrigins": ["'"$origin"'"],
    "AllowedMethods": ["PUT", "POST"],
    "AllowedHeaders": ["content-type", "if-none-match", "x-amz-*", "x-amz-checksum-sha256", "x-amz-meta-request-id"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 3600 }]}'

  run aws s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration '{"Rules":[
    { "ID": "attache-ledger", "Status": "Enabled", "Filter": {"Prefix": "ledger/"},
      "Expiration": {"Days": '$ledger_days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} },
    { "ID": "attache-multipart", "Status": "Enabled", "Filter": {"Prefix": ""},
      "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": '$multipart_days'} } ]}'
}

# What arrives under uploads/ is told to the queue objects-created; EventBridge, when on, stays on.
notification() {
  echo "Notification of uploads/ to objects-created"
  event_bridge=$(ask - aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text \
    --query "contains(keys(@), 'EventBridgeConfiguration')")
  configuration='"QueueConfigurations":[{"Id":"attache-objects-created","QueueArn":"'$(queue_arn objects-created)'",
    "Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"uploads/"}]}}}]'
  case $event_bridge in
    [Tt]rue) configuration="$configuration,\"EventBridgeConfiguration\":{}" ;;
  esac
  # S3 tries the queue at once, and a queue's new policy takes up to a minute to be known everywhere.
  for pause in 5 10 20 40 0; do
    aws s3api put-bucket-notification-configuration --bucket "$bucket" \
      --notification-configuration "{$configuration}" >/dev/null 2>"$errors" && return
    grep -q 'validate the following destination' "$errors" || break
    [ "$pause" = 0 ] || echo "  S3 may not send to the queue yet; trying again in $pause s"
    sleep "$pause"
  done
  fail "$(error_of aws s3api put-bucket-notification-configuration)"
}

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
main
