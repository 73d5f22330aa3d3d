#!/bin/sh
# Creates what Attaché needs on AWS: queues with their dead-letter queues, topics, subscriptions and a bucket.
# infra/topology.yaml defines them; a test compares this script with it.
# It can be run again: it deletes nothing and adds what is missing. A setting that differs from the one here is kept and
# printed; with --reset it is overwritten.
#
#   infra/setup.sh [--reset]
#
#   ATTACHE_BUCKET        the bucket, created if missing                    (attache)
#   ATTACHE_URL           where people open the upload page                 (http://localhost:8080)
#   ATTACHE_UPLOADS_DAYS  after how many days files in uploads/ are deleted (never)
#   AWS_REGION            the region                                        (the aws command's own setting, or us-east-1)
#   AWS_ENDPOINT_URL      an emulator's address, e.g. LocalStack            (AWS itself)
#
# Credentials are those of the aws command. The permissions that it needs are in infra/README.md.
set -eu

bucket=${ATTACHE_BUCKET:-attache}
page=${ATTACHE_URL:-http://localhost:8080}
uploads_days=${ATTACHE_UPLOADS_DAYS:-}

sqs_endpoint=${AWS_ENDPOINT_URL_SQS:-${AWS_ENDPOINT_URL:-}}

export AWS_PAGER=
day=86400
visibility=60
max_receives=10
queue_retention=$((4 * day))
# Longer than the queue's: a message keeps its first timestamp when SQS moves it to the dead-letter queue.
dead_letter_retention=$((14 * day))
# SNS does not deliver larger messages.
queue_size=$((256 * 1024))
# The limit of SQS: a dead letter is larger than its message, because attributes with the reason are added.
dead_letter_size=$((1024 * 1024))
# A claim says that a mail was sent and contains its download page. It must exist for as long as the page, 90 days at most, and
# for as long as its message can be received before: 4 + 14 days. The claims of mails without a page need only the latter.
ledger_days=$((90 + 4 + 14))
# Markers are written at most 90 days before they are due; after that, sweeps have 7 days.
due_days=$((90 + 7))
# Who did what in the console. Outside of ledger/, because S3 applies the rule that deletes first.
audit_days=400
# Links expire after seven days at most. A multipart upload cannot be completed after that.
multipart_days=7
# For how long a version that was overwritten or deleted can be restored.
version_days=30

tab=$(printf '\t')

main() {
  reset=
  case ${1:-} in
    '') ;;
    --reset) reset=yes ;;
    *) fail "'$1' is not known; the only option is --reset" ;;
  esac
  case $uploads_days in
    0* | *[!0-9]*) fail "ATTACHE_UPLOADS_DAYS is '$uploads_days', but must be a number of days, 1 or more" ;;
  esac

  find_account
  create_or_check_bucket
  read_bucket_settings

  deliveries=$(topic_arn deliveries)
  queue attachment-requests
  queue purchases-completed
  queue request-parts
  queue objects-created s3.amazonaws.com "$bucket_arn" "$account"
  queue email-deliveries sns.amazonaws.com "$deliveries"
  queue newsletter-deliveries sns.amazonaws.com "$deliveries"
  undelivered_queue deliveries-undelivered sns.amazonaws.com "$deliveries"

  topic deliveries
  topic attachment-events
  subscription deliveries email-deliveries email deliveries-undelivered
  subscription deliveries newsletter-deliveries newsletter deliveries-undelivered

  no_public_access
  upload_page_rule
  expiry_rules
  notification

  [ -z "$problems" ] || fail "not ready; see 'PROBLEM' above"
  echo "Ready. Attaché needs: ATTACHE_BUCKET=$bucket AWS_REGION=$AWS_REGION"
}

# --- helpers ----------------------------------------------------------------------------------------------------------

# Ends the script: what is wrong, and what to do about it.
fail() {
  printf 'infra/setup.sh: %s\n' "$*" >&2
  exit 1
}

# Prints something that Attaché cannot work with. The script goes on, and fails at its end.
problem() {
  printf '  PROBLEM: %s\n' "$*" >&2
  problems=yes
}

# kept <name> <value> <our value>: says that a setting differs from ours and is kept.
kept() {
  printf '  %s is %s, setup.sh would set %s; kept (--reset sets it)\n' "$1" "$2" "$3"
}

# Runs an aws command without its output. If it fails, the script prints the error and stops.
run() {
  "$@" >/dev/null 2>"$errors" || fail "$(error_of "$@")"
}

# ask <error codes> <command>...: prints the output of an aws command, or nothing if it fails with one of these error codes,
# which mean that the resource or setting does not exist. With any other error the script stops: a setting that cannot be
# read may exist, and must not be overwritten. Do not use it in a pipe, where the shell ignores its exit code.
ask() {
  none=$1
  shift
  "$@" 2>"$errors" && return
  code=$(error_code)
  case " $none " in
    *" ${code:-?} "*) ;;
    *) fail "$(error_of "$@")" ;;
  esac
}

# The code of the last error: "An error occurred (<code>) when calling the ... operation: ..."
error_code() {
  sed -n 's/.*An error occurred (\([^)]*\)).*/\1/p' "$errors" | head -n 1
}

# The error of the aws command in "$@": the missing permission, or the call and the message of AWS.
error_of() {
  call=$*
  said="${call%% --*}: $(grep -v '^$' "$errors" | tail -n 1)"
  case $(error_code) in
    AccessDenied | AccessDeniedException | AuthorizationError | 403)
      printf 'the permission %s is missing (see infra/README.md); %s' "$(permission_of "${call%% --*}")" "$said" ;;
    *) printf '%s' "$said" ;;
  esac
}

# The permission for "[aws] <service> <operation>". In S3 operations and permissions have different names.
permission_of() {
  operation=${1##* }
  case $operation in
    head-bucket) echo s3:ListBucket ;;
    create-bucket) echo s3:CreateBucket ;;
    get-bucket-location) echo s3:GetBucketLocation ;;
    get-public-access-block) echo s3:GetBucketPublicAccessBlock ;;
    put-public-access-block) echo s3:PutBucketPublicAccessBlock ;;
    get-bucket-cors) echo s3:GetBucketCORS ;;
    put-bucket-cors) echo s3:PutBucketCORS ;;
    get-bucket-lifecycle-configuration) echo s3:GetLifecycleConfiguration ;;
    put-bucket-lifecycle-configuration) echo s3:PutLifecycleConfiguration ;;
    get-bucket-notification-configuration) echo s3:GetBucketNotification ;;
    put-bucket-notification-configuration) echo s3:PutBucketNotification ;;
    *)
      service=${1% *}
      echo "$operation" | awk -F- -v service="${service##* }" \
        '{ printf "%s:", service; for (i = 1; i <= NF; i++) printf "%s%s", toupper(substr($i, 1, 1)), substr($i, 2) }' ;;
  esac
}

# aws sqs, with the endpoint as an option: version 1 of the CLI ignores AWS_ENDPOINT_URL for this service.
sqs() {
  aws sqs ${sqs_endpoint:+--endpoint-url "$sqs_endpoint"} "$@"
}

# A text as the inside of a JSON string.
escaped() {
  printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'
}

# field <number> <line>: a field of a line whose fields are separated by tabs.
field() { printf '%s' "$2" | cut -f "$1"; }

# JSON without white space. The strings that are compared contain none.
compact() {
  printf '%s' "$1" | tr -d ' \t\r\n'
}

queue_arn() { printf 'arn:%s:sqs:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

topic_arn() { printf 'arn:%s:sns:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

# --- account and region -----------------------------------------------------------------------------------------------

# Sets account, partition, region and origin. Stops if the aws command or credentials are missing.
find_account() {
  command -v aws >/dev/null 2>&1 ||
    fail "the aws command is missing; install the AWS CLI (https://aws.amazon.com/cli/), version 2.13 or 1.29 and later"

  AWS_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}
  AWS_REGION=${AWS_REGION:-us-east-1}
  # Version 1 of the CLI reads only AWS_DEFAULT_REGION.
  export AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION"

  caller=$(aws sts get-caller-identity --query Arn --output text 2>"$errors") || case $(cat "$errors") in
    *"locate credentials"* | *"NoCredentials"*)
      fail "there are no AWS credentials; run 'aws configure' or 'aws sso login', or set AWS_ACCESS_KEY_ID and" \
        "AWS_SECRET_ACCESS_KEY (any values for LocalStack)" ;;
    *ExpiredToken* | *"has expired"*)
      fail "the AWS credentials have expired; log in again, e.g. with 'aws sso login'" ;;
    *"connect to the endpoint"*)
      fail "cannot connect to ${AWS_ENDPOINT_URL:-AWS in $AWS_REGION}; start it, or correct AWS_ENDPOINT_URL or AWS_REGION" ;;
    *) fail "the AWS credentials were not accepted; $(error_of aws sts get-caller-identity)" ;;
  esac
  # arn:<partition>:<service>::<account>:<who>; the partition is not "aws" in China and GovCloud.
  partition=$(echo "$caller" | cut -d: -f2)
  account=$(echo "$caller" | cut -d: -f5)

  # An origin has no path: https://attache.example.com/attache sends https://attache.example.com.
  origin=$(echo "$page" | sed -n 's#^\(https\{0,1\}://[^/?\#]*\).*#\1#p')
  [ -n "$origin" ] || fail "ATTACHE_URL is '$page', but must be a URL like https://attache.example.com"

  bucket_arn=arn:$partition:s3:::$bucket
  echo "Account $account, region $AWS_REGION, ${AWS_ENDPOINT_URL:-AWS}"
}

# --- queues -----------------------------------------------------------------------------------------------------------

# queue <name> [<service> <ARN> [<account>]]: creates the queue and its dead-letter queue. The service may send to the queue
# on behalf of the topic or bucket with this ARN.
queue() {
  echo "Queue $1, with $1-dlq"
  redrive=
  plain_queue "$1-dlq" "$dead_letter_retention" "$dead_letter_size"
  dead_retention=$retention
  dead_size=$size

  redrive="{\"deadLetterTargetArn\":\"$(queue_arn "$1-dlq")\",\"maxReceiveCount\":$max_receives}"
  plain_queue "$1" "$queue_retention" "$queue_size" "${2:-}" "${3:-}" "${4:-}"

  # Attaché does not start with such queues.
  [ "$dead_retention" -gt "$retention" ] || problem "$1-dlq keeps messages for $dead_retention s and $1 for $retention s," \
    "but a dead letter keeps its first timestamp and would be deleted too early: set MessageRetentionPeriod of $1 lower than that" \
    "of $1-dlq, or run infra/setup.sh --reset"
  [ "$dead_size" -ge "$size" ] || problem "$1-dlq takes $dead_size bytes and $1 takes $size, but a dead letter is as" \
    "large as its message or larger: set MaximumMessageSize of $1-dlq to $dead_letter_size, or run infra/setup.sh --reset"
}

# undelivered_queue <name> <service> <ARN>: creates the queue for messages that SNS cannot deliver, with the settings of a
# dead-letter queue.
undelivered_queue() {
  echo "Queue $1"
  redrive=
  plain_queue "$1" "$dead_letter_retention" "$dead_letter_size" "$2" "$3" ""
}

# plain_queue <name> <retention> <size> [<service> <ARN> <account>]: creates one queue, with the redrive policy in $redrive, if
# any. Sets the variables retention and size to the queue's values, which differ if the queue existed.
plain_queue() {
  name=$1
  retention=$2
  size=$3
  statement=
  [ -z "${4:-}" ] || statement=$(send_permission "$name" "$4" "$5" "$6")

  url=$(ask "AWS.SimpleQueueService.NonExistentQueue QueueDoesNotExist" \
    sqs get-queue-url --queue-name "$name" --query QueueUrl --output text)
  if [ -n "$url" ]; then
    existing_queue "$2" "$3"
    [ -z "$statement" ] || allow_sending "$4" "$5"
    return
  fi
  attributes="\"MessageRetentionPeriod\":\"$2\",\"MaximumMessageSize\":\"$3\""
  [ -z "$redrive" ] ||
    attributes="$attributes,\"VisibilityTimeout\":\"$visibility\",\"RedrivePolicy\":\"$(escaped "$redrive")\""
  [ -z "$statement" ] || attributes="$attributes,\"Policy\":\"$(escaped "$(policy_of "$statement")")\""
  # In one call: a run that stops early leaves no incomplete queue, and two runs at the same time do the same.
  run sqs create-queue --queue-name "$name" --attributes "{$attributes}"
}

# existing_queue <retention> <size>: adds missing settings to the queue $name at $url, and prints those that differ.
existing_queue() {
  found=$(ask "" sqs get-queue-attributes --queue-url "$url" --output text \
    --attribute-names VisibilityTimeout MessageRetentionPeriod MaximumMessageSize RedrivePolicy \
    --query "Attributes.[VisibilityTimeout,MessageRetentionPeriod,MaximumMessageSize,RedrivePolicy]")
  found=$(printf '%s' "$found" | tr '\n' ' ')
  its_visibility=$(field 1 "$found")
  retention=$(field 2 "$found")
  size=$(field 3 "$found")
  its_redrive=$(compact "$(field 4- "$found")")

  changes=
  if [ -n "$redrive" ]; then
    if same_redrive "$its_redrive"; then its_redrive=$redrive; fi
    compare VisibilityTimeout "$its_visibility" "$visibility"
    compare RedrivePolicy "$its_redrive" "$redrive"
  fi
  compare MessageRetentionPeriod "$retention" "$1"
  compare MaximumMessageSize "$size" "$2"
  [ -z "$changes" ] || run sqs set-queue-attributes --queue-url "$url" --attributes "{${changes#,}}"
  if [ -n "$reset" ]; then
    retention=$1
    size=$2
  fi
}

# compare <attribute> <value> <our value>: adds our value to $changes if there is none, or with --reset; otherwise prints the
# difference.
compare() {
  if [ "$2" = "$3" ]; then return; fi
  if [ -n "$reset" ] || [ "$2" = None ]; then
    changes="$changes,\"$1\":\"$(escaped "$3")\""
  else
    kept "$1 of $name" "$2" "$3"
  fi
}

# same_redrive <redrive policy>: whether it is equal to $redrive. Its fields may be in any order, and numbers may be quoted.
same_redrive() {
  case $1 in
    *"\"deadLetterTargetArn\":\"$(queue_arn "$name-dlq")\""*) ;;
    *) return 1 ;;
  esac
  case $1 in
    *"\"maxReceiveCount\":$max_receives"[,\}]* | *"\"maxReceiveCount\":\"$max_receives\""*) ;;
    *) return 1 ;;
  esac
}

# send_permission <queue> <service> <source ARN> <account>: a statement of a policy that lets only this topic or bucket send.
# The ARN of a bucket contains no account, and any account may create a bucket with the name of a deleted one; a condition
# therefore checks the account.
send_permission() {
  condition="\"ArnEquals\":{\"aws:SourceArn\":\"$3\"}"
  if [ -n "$4" ]; then
    condition="$condition,\"StringEquals\":{\"aws:SourceAccount\":\"$4\"}"
  fi
  printf '{"Sid":"attache-%s","Effect":"Allow","Principal":{"Service":"%s"},"Action":"sqs:SendMessage",' \
    "$(printf '%s' "${3##*:}" | tr . -)" "$2"
  printf '"Resource":"%s","Condition":{%s}}' "$(queue_arn "$1")" "$condition"
}

policy_of() { printf '{"Version":"2012-10-17","Statement":[%s]}' "$1"; }

# allows <policy> <service> <source ARN>: whether a statement of the policy allows the service to send from the topic or bucket.
allows() {
  printf '%s' "$1" | awk -v service="\"$2\"" -v source="\"$3\"" '
    {
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        if (quoted) {
          if (c == "\\") i++
          else if (c == "\"") quoted = 0
        } else if (c == "\"") quoted = 1
        else if (c == "{" && ++depth == 2) begin = i
        else if (c == "}" && depth-- == 2) {
          its = substr($0, begin, i - begin + 1)
          if (its ~ /"Effect"[ \t]*:[ \t]*"Allow"/ && index(its, service) && index(its, source)) found = 1
        }
      }
    }
    END { exit !found }'
}

# allow_sending <service> <source ARN>: adds $statement to the policy of the queue $name at $url, unless the policy allows the
# service to send from the topic or bucket already. Other statements stay.
allow_sending() {
  policy=$(ask "" sqs get-queue-attributes --queue-url "$url" --attribute-names Policy --query Attributes.Policy --output text)
  policy=$(printf '%s' "$policy" | tr '\n' ' ')
  if allows "$policy" "$1" "$2"; then return; fi
  case $policy in
    '' | None) policy=$(policy_of "$statement") ;;
    *)
      others=$policy
      policy=$(printf '%s' "$others" | awk -v statement="$statement" '
        match($0, /"Statement"[ \t]*:[ \t]*\[/) {
          printf "%s%s,%s", substr($0, 1, RSTART + RLENGTH - 1), statement, substr($0, RSTART + RLENGTH)
        }')
      [ -n "$policy" ] || fail "the policy of queue $name has a form that this script cannot change. Add this statement to it" \
        "by hand, and run the script again: $statement"
      echo "  Policy of $name: added a statement; the others are kept" ;;
  esac
  run sqs set-queue-attributes --queue-url "$url" --attributes "{\"Policy\":\"$(escaped "$policy")\"}"
}

# --- topics -----------------------------------------------------------------------------------------------------------

# topic <name>: creates the topic. SNS does nothing if it exists.
topic() {
  echo "Topic $1"
  run aws sns create-topic --name "$1"
}

# subscription <topic> <queue> <channel> <undelivered>: the topic sends messages for this channel to the queue, without SNS's
# envelope. Messages that cannot be delivered, such as after the queue was deleted, are moved to the queue <undelivered>.
subscription() {
  echo "Subscription $1 to $2, channel $3"
  filter="{\"channel\":[\"$3\"]}"
  redrive="{\"deadLetterTargetArn\":\"$(queue_arn "$4")\"}"
  topic=$(topic_arn "$1")
  target=$(queue_arn "$2")
  # The CLI runs the query on every page of a hundred subscriptions, and prints a line for each.
  existing=$(ask "" aws sns list-subscriptions-by-topic --topic-arn "$topic" --output text \
    --query "Subscriptions[?Endpoint=='$target'].SubscriptionArn")
  existing=$(printf '%s' "$existing" | head -n 1)
  case $existing in
    '' | None)
      # In one call: without the filter, the subscription would deliver messages for other channels.
      run aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$target" --attributes \
        "{\"RawMessageDelivery\":\"true\",\"FilterPolicy\":\"$(escaped "$filter")\",\"RedrivePolicy\":\"$(escaped "$redrive")\"}"
      return ;;
  esac
  subscription_setting RawMessageDelivery true
  subscription_setting FilterPolicy "$filter"
  subscription_setting RedrivePolicy "$redrive"
}

# subscription_setting <attribute> <our value>: sets the attribute of the subscription $existing of $target if there is none, or
# with --reset; otherwise prints the difference.
subscription_setting() {
  value=$(ask "" aws sns get-subscription-attributes --subscription-arn "$existing" --query "Attributes.$1" --output text)
  value=$(compact "$value")
  if [ "$value" = "$2" ]; then return; fi
  if [ -n "$reset" ] || [ -z "$value" ] || [ "$value" = None ]; then
    run aws sns set-subscription-attributes --subscription-arn "$existing" --attribute-name "$1" --attribute-value "$2"
  else
    kept "$1 of the subscription of ${target##*:}" "$value" "$2"
  fi
}

# --- the bucket -------------------------------------------------------------------------------------------------------

# Creates the bucket if it is missing. Stops if it belongs to another account or is in another region.
create_or_check_bucket() {
  taken="the bucket $bucket belongs to another AWS account (bucket names are shared by all accounts), or the permission"
  taken="$taken s3:ListBucket is missing; set ATTACHE_BUCKET to another name, such as $bucket-$account"
  if ! aws s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$account" >/dev/null 2>"$errors"; then
    case $(cat "$errors") in
      *404*) create_bucket ;;
      *403*) fail "$taken" ;;
      *) fail "$(error_of aws s3api head-bucket)" ;;
    esac
  fi
  # S3 returns null for us-east-1, and EU for old buckets in eu-west-1.
  found=$(ask "" aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)
  case $found in
    None | '' | null) found=us-east-1 ;;
    EU) found=eu-west-1 ;;
  esac
  [ "$found" = "$AWS_REGION" ] || fail "the bucket $bucket is in $found, but S3 sends notifications only to queues in the same region;" \
    "set AWS_REGION=$found, or ATTACHE_BUCKET to another bucket"
}

# Creates the bucket. S3 does not accept us-east-1 as a location.
create_bucket() {
  echo "Bucket $bucket: new"
  set -- aws s3api create-bucket --bucket "$bucket"
  if [ "$AWS_REGION" != us-east-1 ]; then
    set -- "$@" --create-bucket-configuration "LocationConstraint=$AWS_REGION"
  fi
  "$@" >/dev/null 2>"$errors" || case $(error_code) in
    # Another run has created it.
    BucketAlreadyOwnedByYou) ;;
    BucketAlreadyExists) fail "$taken" ;;
    InvalidBucketName) fail "ATTACHE_BUCKET is '$bucket', which is not a valid bucket name: it must be 3 to 63 of a-z, 0-9, . and -" ;;
    *) fail "$(error_of aws s3api create-bucket)" ;;
  esac
}

# Reads the bucket's rules: a line per rule, its fields separated by tabs. S3 stores CORS rules, lifecycle rules and
# notifications each as a whole. If there are other rules and ours have to be written, the script stops before it has changed
# anything.
read_bucket_settings() {
  access=$(ask NoSuchPublicAccessBlockConfiguration aws s3api get-public-access-block --bucket "$bucket" --output text \
    --query "PublicAccessBlockConfiguration.[BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets]")

  # LocalStack does not support x-amz-*, so the headers that the upload page and programs send are listed as well.
  headers="content-type if-none-match x-amz-* x-amz-checksum-sha256 x-amz-meta-request-id x-amz-meta-file-name"
  headers="$headers x-amz-meta-file-id"
  headers="$headers x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id"
  cors=$(ask NoSuchCORSConfiguration aws s3api get-bucket-cors --bucket "$bucket" --output text --query \
    "CORSRules[].[ID, join(' ', AllowedOrigins), join(' ', AllowedMethods), join(' ', AllowedHeaders || \`[]\`)]")
  our_cors="attache-upload-page$tab$origin${tab}PUT POST$tab$headers"
  stop_at_others "$cors" 'attache-upload-page' "CORS rules" "$our_cors"

  lifecycle=$(ask NoSuchLifecycleConfiguration aws s3api get-bucket-lifecycle-configuration --bucket "$bucket" --output text \
    --query "Rules[].[ID, Status, join('', ['/', not_null(Filter.Prefix, Filter.And.Prefix, Prefix, '')]), Expiration.Days,
      NoncurrentVersionExpiration.NoncurrentDays, AbortIncompleteMultipartUpload.DaysAfterInitiation, Expiration.Date,
      Filter.Tag.Key || Filter.And.Tags[0].Key]")
  ledger_rule="attache-ledger${tab}Enabled$tab/ledger/$tab$ledger_days${tab}1${tab}None${tab}None${tab}None"
  due_rule="attache-due${tab}Enabled$tab/ledger/due/$tab$due_days${tab}1${tab}None${tab}None${tab}None"
  audit_rule="attache-audit${tab}Enabled$tab/attache-audit/$tab$audit_days${tab}1${tab}None${tab}None${tab}None"
  multipart_rule="attache-multipart${tab}Enabled$tab/${tab}None${tab}None$tab$multipart_days${tab}None${tab}None"
  versions_rule="attache-versions${tab}Enabled$tab/${tab}None$tab$version_days${tab}None${tab}None${tab}None"
  uploads_rule=
  if [ -n "$uploads_days" ]; then
    uploads_rule="attache-uploads${tab}Enabled$tab/uploads/$tab$uploads_days${tab}1${tab}None${tab}None${tab}None"
  fi
  our_rules='attache-ledger|attache-due|attache-audit|attache-multipart|attache-versions|attache-uploads'
  stop_at_others "$lifecycle" "$our_rules" "lifecycle rules" "$ledger_rule" "$due_rule" "$audit_rule" "$multipart_rule" \
    "$versions_rule" "$uploads_rule"
  refuse_early_expiry

  notifications=$(ask "" aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text --query \
    "[QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations][].[not_null(QueueArn, TopicArn, LambdaFunctionArn),
      join(' ', Events), join(' ', Filter.Key.FilterRules[].join('=', [Name, Value]) || \`[]\`)]")
  # S3 may capitalize the names of filter rules.
  notifications=$(printf '%s' "$notifications" | sed 's/Prefix=/prefix=/')
  event_bridge=$(ask "" aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text \
    --query "contains(keys(@), 'EventBridgeConfiguration')")
  our_notification="$(queue_arn objects-created)${tab}s3:ObjectCreated:*${tab}prefix=uploads/"
  stop_at_others "$notifications" "$(queue_arn objects-created)" "notifications" "$our_notification"
}

# stop_at_others <lines> <names> <what> <our line>...: stops if one of our lines has to be written and there are other lines,
# which would be lost.
stop_at_others() {
  lines=$1
  names=$2
  what=$3
  shift 3
  others=$(others_in "$lines" "$names")
  if [ -z "$others" ]; then return; fi
  for line; do
    if [ -n "$line" ] && must_write "$lines" "$line"; then
      fail "the bucket $bucket has other $what than ours (${names}): $(printf '%s' "$others" | cut -f1 | tr '\n' ' ')- S3 stores" \
        "them as a whole, and this script would delete the others. Set ATTACHE_BUCKET to another bucket, delete them, or add ours by" \
        "hand: $(printf '%s' "$line" | tr '\t' ',')"
    fi
  done
}

# others_in <lines> <names>: the lines of rules that have none of these names; the names are separated by |.
others_in() {
  printf '%s\n' "$1" | awk -F"$tab" -v names="|$2|" '$1 != "" && !index(names, "|" $1 "|") && $0 != "None"'
}

# must_write <lines> <line>: whether the rule <line> has to be written: no rule has its name, or that rule differs and --reset
# was given.
must_write() {
  existing_rule=$(printf '%s\n' "$1" | awk -F"$tab" -v name="${2%%"$tab"*}" '$1 == name')
  if [ -z "$existing_rule" ]; then return 0; fi
  [ -n "$reset" ] && [ "$existing_rule" != "$2" ]
}

# differs <lines> <line>: whether a rule with the name of <line> differs and is kept; then the difference is printed.
differs() {
  existing_rule=$(printf '%s\n' "$1" | awk -F"$tab" -v name="${2%%"$tab"*}" '$1 == name')
  if [ -z "$existing_rule" ] || [ "$existing_rule" = "$2" ] || [ -n "$reset" ]; then return 1; fi
  kept "${2%%"$tab"*} of bucket $bucket" "$(fields "$existing_rule")" "$(fields "$2")"
}

# The fields of a rule without its name, for messages.
fields() {
  printf '[%s]' "$(printf '%s\n' "$1" | cut -f2- | sed "s/${tab}None//g" | tr '\t' ',')"
}

# Stops if another rule deletes the keys, which must never expire, or claims or audit entries that are still needed.
refuse_early_expiry() {
  early=$(others_in "$lifecycle" "$our_rules" | awk -F"$tab" -v days="$ledger_days" -v audit="$audit_days" '
    $2 == "Enabled" && $8 == "None" && ($4 != "None" || $7 != "None") {
      if (index("/attache-keys/", $3) == 1) print $1 " (attache-keys/)"
      else if (index("/ledger/", $3) == 1 && ($4 == "None" || $4 + 0 < days)) print $1 " (ledger/)"
      else if (index("/attache-audit/", $3) == 1 && ($4 == "None" || $4 + 0 < audit)) print $1 " (attache-audit/)"
    }' | tr '\n' ' ')
  [ -z "$early" ] || fail "lifecycle rules of bucket $bucket delete objects that Attaché needs: $early- keys in attache-keys/ must" \
    "never expire, objects in ledger/ must not expire within $ledger_days days, and those in attache-audit/ not within $audit_days days." \
    "Give these rules a prefix that includes none of them"
}

# Blocks public access.
no_public_access() {
  case $access in
    "True${tab}True${tab}True${tab}True") return ;;
    '' | None) ;;
    *) [ -n "$reset" ] || {
      kept "the public access block of bucket $bucket" "$(printf '%s' "$access" | tr '\t' ',')" "True,True,True,True"
      return
    } ;;
  esac
  echo "Bucket $bucket: no public access"
  run aws s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
}

# Lets browsers upload from the origin of our page only.
upload_page_rule() {
  if differs "$cors" "$our_cors"; then
    case " $(printf '%s' "$existing_rule" | cut -f2) " in
      *" $origin "* | *" * "*) ;;
      *) problem "browsers may not upload from $origin; set ATTACHE_URL to the origin of the pages, or run infra/setup.sh --reset" ;;
    esac
    return
  fi
  if ! must_write "$cors" "$our_cors"; then return; fi
  echo "Bucket $bucket: CORS for $origin"
  run aws s3api put-bucket-cors --bucket "$bucket" --cors-configuration '{"CORSRules":[{
    "ID": "attache-upload-page",
    "AllowedOrigins": ["'"$origin"'"],
    "AllowedMethods": ["PUT", "POST"],
    "AllowedHeaders": ["'"$(printf '%s' "$headers" | sed 's/ /", "/g')"'"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 3600 }]}'
}

# Lifecycle rules for the ledger, for multipart uploads and, with ATTACHE_UPLOADS_DAYS, for uploads. A rule for uploads/ of an
# earlier run stays.
expiry_rules() {
  changed=
  missing=
  for rule in "$ledger_rule" "$due_rule" "$audit_rule" "$multipart_rule" "$versions_rule" "$uploads_rule"; do
    if [ -z "$rule" ]; then continue; fi
    if differs "$lifecycle" "$rule"; then
      changed=yes
    elif must_write "$lifecycle" "$rule"; then
      missing="$missing ${rule%%"$tab"*}"
    fi
  done
  ledger_rule_days=$(days_of attache-ledger)
  [ -n "$reset" ] || [ "${ledger_rule_days:-None}" = None ] || [ "$ledger_rule_days" -ge "$ledger_days" ] ||
    problem "the lifecycle rule attache-ledger of bucket $bucket deletes the records of download pages after $ledger_rule_days days," \
      "but those of a page that is open for 90 days are needed for $ledger_days days: set it to $ledger_days, or run infra/setup.sh --reset"
  if [ -z "$missing" ]; then return; fi
  [ -z "$changed" ] || {
    problem "bucket $bucket has no lifecycle rule$missing, which cannot be added without overwriting the rules that differ; add it by hand, or" \
      "run infra/setup.sh --reset"
    return
  }
  uploads=
  days=${uploads_days:-$(days_of attache-uploads)}
  if [ -n "$days" ]; then
    uploads=',{ "ID": "attache-uploads", "Status": "Enabled", "Filter": {"Prefix": "uploads/"},
      "Expiration": {"Days": '$days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} }'
  fi
  echo "Bucket $bucket: lifecycle"
  # No rule may include attache-keys/: keys must never expire.
  run aws s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration '{"Rules":[
    { "ID": "attache-ledger", "Status": "Enabled", "Filter": {"Prefix": "ledger/"},
      "Expiration": {"Days": '$ledger_days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} },
    { "ID": "attache-due", "Status": "Enabled", "Filter": {"Prefix": "ledger/due/"},
      "Expiration": {"Days": '$due_days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} },
    { "ID": "attache-audit", "Status": "Enabled", "Filter": {"Prefix": "attache-audit/"},
      "Expiration": {"Days": '$audit_days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} },
    { "ID": "attache-multipart", "Status": "Enabled", "Filter": {"Prefix": ""},
      "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": '$multipart_days'} },
    { "ID": "attache-versions", "Status": "Enabled", "Filter": {"Prefix": ""},
      "Expiration": {"ExpiredObjectDeleteMarker": true}, "NoncurrentVersionExpiration": {"NoncurrentDays": '$version_days'} }'"$uploads"']}'
}

# days_of <name>: after how many days the rule of this name deletes objects.
days_of() {
  printf '%s\n' "$lifecycle" | awk -F"$tab" -v name="$1" '$1 == name { print $4 }'
}

# S3 notifies the queue objects-created of new objects in uploads/. If EventBridge is on, it stays on.
notification() {
  if differs "$notifications" "$our_notification" || ! must_write "$notifications" "$our_notification"; then return; fi
  echo "Notification of uploads/ to objects-created"
  configuration='"QueueConfigurations":[{"Id":"attache-objects-created","QueueArn":"'$(queue_arn objects-created)'",
    "Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"uploads/"}]}}}]'
  case $event_bridge in
    [Tt]rue) configuration="$configuration,\"EventBridgeConfiguration\":{}" ;;
  esac
  # S3 checks at once whether it may send, but a new policy of a queue takes up to a minute to be effective everywhere.
  for pause in 5 10 20 40 0; do
    aws s3api put-bucket-notification-configuration --bucket "$bucket" \
      --notification-configuration "{$configuration}" >/dev/null 2>"$errors" && return
    grep -q 'validate the following destination' "$errors" || break
    [ "$pause" = 0 ] || echo "  S3 may not send to the queue yet; trying again in $pause s"
    sleep "$pause"
  done
  fail "$(error_of aws s3api put-bucket-notification-configuration)"
}

problems=
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
main "$@"
