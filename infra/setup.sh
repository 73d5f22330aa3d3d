#!/bin/sh
# Makes what Attaché needs on AWS: queues with their dead-letter queues, topics, subscriptions and a bucket.
# Run it again at any time: it deletes nothing and adds what is missing. A setting that differs from the one here is left
# as it is and named, unless --reset is given.
#
#   infra/setup.sh [--reset]
#
#   ATTACHE_BUCKET        the bucket, made when missing                     (attache)
#   ATTACHE_URL           where people open the upload page                 (http://localhost:8080)
#   ATTACHE_UPLOADS_DAYS  after how many days files in uploads/ are deleted (never)
#   AWS_REGION            the region                                        (the aws command's own setting, or us-east-1)
#   AWS_ENDPOINT_URL      an emulator's address, e.g. LocalStack            (AWS itself)
#
# Credentials are the aws command's own. Who may run this: infra/README.md.
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
# A redriven message keeps its first timestamp, so that dead letters must be kept longer than messages.
dead_letter_retention=$((14 * day))
# No message of ours is larger: SNS takes 256 KiB.
queue_size=$((256 * 1024))
# The most that SQS takes: a dead letter is larger than its message, by the attributes that say why it is there.
dead_letter_size=$((1024 * 1024))
# A claim ("this mail was sent") must outlive every message it may be asked for: 4 + 14 days.
ledger_days=30
# Links live for seven days at most; an upload that was begun and not finished by then never will be.
multipart_days=7

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

  whose_account
  the_bucket
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

# Says what Attaché cannot work with. The script goes on, and fails at its end.
problem() {
  printf '  PROBLEM: %s\n' "$*" >&2
  problems=yes
}

# left <name> <value> <our value>: says that a setting differs from ours and stays so.
left() {
  printf '  %s is %s, setup.sh would set %s; left (--reset sets it)\n' "$1" "$2" "$3"
}

# Runs an aws command for its effect and ends with its own error when it fails.
run() {
  "$@" >/dev/null 2>"$errors" || fail "$(error_of "$@")"
}

# Prints an aws command's answer, or nothing when it fails with an error code of $1 (separated by spaces) that means "there
# is none". Any other error ends the script: a setting that could not be read may be there, and must not be overwritten.
# Nothing may stand behind it in a pipe, for a shell looks at the last command only.
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

# The error of the aws command in "$@": which permission is missing, or which call it was and what AWS said.
error_of() {
  call=$*
  said="${call%% --*}: $(grep -v '^$' "$errors" | tail -n 1)"
  case $(error_code) in
    AccessDenied | AccessDeniedException | AuthorizationError | 403)
      printf 'the permission %s is missing (see infra/README.md); %s' "$(permission_of "${call%% --*}")" "$said" ;;
    *) printf '%s' "$said" ;;
  esac
}

# The permission for "[aws] <service> <operation>". In S3 the two are not always called the same.
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

# aws sqs, at the emulator if there is one: the CLI's first version overlooks AWS_ENDPOINT_URL for this service.
sqs() {
  aws sqs ${sqs_endpoint:+--endpoint-url "$sqs_endpoint"} "$@"
}

# A text as the inside of a JSON string.
escaped() {
  printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'
}

# field <number> <line>: a field of a line whose fields are separated by tabs.
field() { printf '%s' "$2" | cut -f "$1"; }

# JSON without white space between its parts. There is none within the strings that are compared.
compact() {
  printf '%s' "$1" | tr -d ' \t\r\n'
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

# queue <name> [<sending service> <its topic's or bucket's arn> [<account>]]: the queue and its dead-letter queue, and the
# permission to send.
queue() {
  echo "Queue $1, with $1-dlq"
  redrive=
  plain_queue "$1-dlq" "$dead_letter_retention" "$dead_letter_size"
  dead_retention=$retention
  dead_size=$size

  redrive="{\"deadLetterTargetArn\":\"$(queue_arn "$1-dlq")\",\"maxReceiveCount\":$max_receives}"
  plain_queue "$1" "$queue_retention" "$queue_size" "${2:-}" "${3:-}" "${4:-}"

  # Attaché refuses these at its start.
  [ "$dead_retention" -gt "$retention" ] || problem "$1-dlq keeps messages for $dead_retention s and $1 for $retention s," \
    "but a dead letter keeps its first timestamp and would be lost early: set MessageRetentionPeriod of $1 lower than that of" \
    "$1-dlq, or run infra/setup.sh --reset"
  [ "$dead_size" -ge "$size" ] || problem "$1-dlq takes $dead_size bytes and $1 takes $size, so that large messages could" \
    "not be dead-lettered: set MaximumMessageSize of $1-dlq to $dead_letter_size, or run infra/setup.sh --reset"
}

# undelivered_queue <name> <service> <arn>: where SNS puts what it cannot deliver. As deep as a dead-letter queue.
undelivered_queue() {
  echo "Queue $1"
  redrive=
  plain_queue "$1" "$dead_letter_retention" "$dead_letter_size" "$2" "$3" ""
}

# plain_queue <name> <retention> <size> [<service> <arn> <account>]: a queue with the redrive policy in $redrive, if any.
# Sets retention and size to what the queue has in the end.
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
    [ -z "$statement" ] || let_send "$4" "$5"
    return
  fi
  attributes="\"MessageRetentionPeriod\":\"$2\",\"MaximumMessageSize\":\"$3\""
  [ -z "$redrive" ] ||
    attributes="$attributes,\"VisibilityTimeout\":\"$visibility\",\"RedrivePolicy\":\"$(escaped "$redrive")\""
  [ -z "$statement" ] || attributes="$attributes,\"Policy\":\"$(escaped "$(policy_of "$statement")")\""
  # In one call, so that a run that ends early leaves no half-made queue, and two runs at once do the same.
  run sqs create-queue --queue-name "$name" --attributes "{$attributes}"
}

# existing_queue <retention> <size>: adds what the queue $name at $url lacks, and names what differs.
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

# compare <attribute> <value> <our value>: adds ours to $changes when there is none, or with --reset; otherwise says what
# differs.
compare() {
  if [ "$2" = "$3" ]; then return; fi
  if [ -n "$reset" ] || [ "$2" = None ]; then
    changes="$changes,\"$1\":\"$(escaped "$3")\""
  else
    left "$1 of $name" "$2" "$3"
  fi
}

# same_redrive <redrive policy>: whether it says what $redrive does. Its fields have no order, and numbers may be quoted.
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

# send_permission <queue> <service> <source arn> <account>: a policy's statement that lets only this topic or bucket send.
# A bucket's ARN names no account, and a deleted bucket's name is free for anybody, so that the account is checked apart.
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

# allows <policy> <service> <source arn>: whether one of its statements is an Allow that names the service and the topic or bucket.
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

# let_send <service> <source arn>: adds $statement to the policy of the queue $name at $url. Other statements stay; a policy
# that allows the service to send from the topic or bucket already is left alone as a whole.
let_send() {
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
      [ -n "$policy" ] || fail "the policy of queue $name has a form that this script cannot add to. Add this statement to it" \
        "by hand, and run the script again: $statement"
      echo "  Policy of $name: a statement added; those of others are kept" ;;
  esac
  run sqs set-queue-attributes --queue-url "$url" --attributes "{\"Policy\":\"$(escaped "$policy")\"}"
}

# --- topics -----------------------------------------------------------------------------------------------------------

# topic <name>: the topic, made when missing.
topic() {
  echo "Topic $1"
  run aws sns create-topic --name "$1"
}

# subscription <topic> <queue> <channel> <undelivered>: the topic's messages for this channel go to the queue, without SNS's
# envelope. What cannot be delivered, e.g. because the queue is gone, goes to the queue <undelivered>.
subscription() {
  echo "Subscription $1 to $2, channel $3"
  filter="{\"channel\":[\"$3\"]}"
  redrive="{\"deadLetterTargetArn\":\"$(queue_arn "$4")\"}"
  topic=$(topic_arn "$1")
  target=$(queue_arn "$2")
  # The CLI asks the query of every page of a hundred.
  existing=$(ask "" aws sns list-subscriptions-by-topic --topic-arn "$topic" --output text \
    --query "Subscriptions[?Endpoint=='$target'].SubscriptionArn")
  existing=$(printf '%s' "$existing" | head -n 1)
  case $existing in
    '' | None)
      # In one call, so that nothing unfiltered slips through.
      run aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$target" --attributes \
        "{\"RawMessageDelivery\":\"true\",\"FilterPolicy\":\"$(escaped "$filter")\",\"RedrivePolicy\":\"$(escaped "$redrive")\"}"
      return ;;
  esac
  subscription_setting RawMessageDelivery true
  subscription_setting FilterPolicy "$filter"
  subscription_setting RedrivePolicy "$redrive"
}

# subscription_setting <attribute> <our value>: sets it at the subscription $existing of $target when there is none, or with
# --reset; otherwise says what differs.
subscription_setting() {
  value=$(ask "" aws sns get-subscription-attributes --subscription-arn "$existing" --query "Attributes.$1" --output text)
  value=$(compact "$value")
  if [ "$value" = "$2" ]; then return; fi
  if [ -n "$reset" ] || [ -z "$value" ] || [ "$value" = None ]; then
    run aws sns set-subscription-attributes --subscription-arn "$existing" --attribute-name "$1" --attribute-value "$2"
  else
    left "$1 of the subscription of ${target##*:}" "$value" "$2"
  fi
}

# --- the bucket -------------------------------------------------------------------------------------------------------

# Makes the bucket when missing, and makes sure that it is ours and in this region.
the_bucket() {
  taken="the bucket $bucket belongs to another AWS account (names are shared by all), or these credentials may not see it"
  taken="$taken (s3:ListBucket); set ATTACHE_BUCKET to a name of your own, e.g. $bucket-$account"
  if ! aws s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$account" >/dev/null 2>"$errors"; then
    case $(cat "$errors") in
      *404*) create_bucket ;;
      *403*) fail "$taken" ;;
      *) fail "$(error_of aws s3api head-bucket)" ;;
    esac
  fi
  # S3 leaves the oldest region unnamed, and calls the first European one EU in old buckets.
  found=$(ask "" aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)
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
  "$@" >/dev/null 2>"$errors" || case $(error_code) in
    # Another run was faster.
    BucketAlreadyOwnedByYou) ;;
    BucketAlreadyExists) fail "$taken" ;;
    InvalidBucketName) fail "ATTACHE_BUCKET is '$bucket', which is no bucket's name: 3 to 63 of a-z, 0-9, . and -" ;;
    *) fail "$(error_of aws s3api create-bucket)" ;;
  esac
}

# Reads what the bucket has: a line per rule, its fields separated by tabs. CORS, lifecycle and notifications can only be
# written as a whole. Where others have rules and ours are not among them, the script stops before it has changed anything.
read_bucket_settings() {
  access=$(ask NoSuchPublicAccessBlockConfiguration aws s3api get-public-access-block --bucket "$bucket" --output text \
    --query "PublicAccessBlockConfiguration.[BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets]")

  # LocalStack does not understand x-amz-*, so that those that pages send are named as well.
  headers="content-type if-none-match x-amz-* x-amz-checksum-sha256 x-amz-meta-request-id x-amz-meta-file-name"
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
  multipart_rule="attache-multipart${tab}Enabled$tab/${tab}None${tab}None$tab$multipart_days${tab}None${tab}None"
  uploads_rule=
  if [ -n "$uploads_days" ]; then
    uploads_rule="attache-uploads${tab}Enabled$tab/uploads/$tab$uploads_days${tab}1${tab}None${tab}None${tab}None"
  fi
  our_rules='attache-ledger|attache-multipart|attache-uploads'
  stop_at_others "$lifecycle" "$our_rules" "lifecycle rules" "$ledger_rule" "$multipart_rule" "$uploads_rule"
  refuse_early_expiry

  notifications=$(ask "" aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text --query \
    "[QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations][].[not_null(QueueArn, TopicArn, LambdaFunctionArn),
      join(' ', Events), join(' ', Filter.Key.FilterRules[].join('=', [Name, Value]) || \`[]\`)]")
  # S3 may write the names of filter rules with a capital.
  notifications=$(printf '%s' "$notifications" | sed 's/Prefix=/prefix=/')
  event_bridge=$(ask "" aws s3api get-bucket-notification-configuration --bucket "$bucket" --output text \
    --query "contains(keys(@), 'EventBridgeConfiguration')")
  our_notification="$(queue_arn objects-created)${tab}s3:ObjectCreated:*${tab}prefix=uploads/"
  stop_at_others "$notifications" "$(queue_arn objects-created)" "notifications" "$our_notification"
}

# stop_at_others <lines> <names> <what> <line of ours>...: stops when lines of ours have to be written, while there are some
# of others, which would be undone.
stop_at_others() {
  lines=$1
  names=$2
  what=$3
  shift 3
  others=$(others_in "$lines" "$names")
  if [ -z "$others" ]; then return; fi
  for line; do
    if [ -n "$line" ] && must_write "$lines" "$line"; then
      fail "the bucket $bucket has $what besides ours (${names}): $(printf '%s' "$others" | cut -f1 | tr '\n' ' ')- S3 keeps them" \
        "as a whole, and this script would undo those. Set ATTACHE_BUCKET to another bucket, remove them, or add ours to them by" \
        "hand: $(printf '%s' "$line" | tr '\t' ',')"
    fi
  done
}

# others_in <lines> <names>: the lines of rules that have none of these names, which are separated by |.
others_in() {
  printf '%s\n' "$1" | awk -F"$tab" -v names="|$2|" '$1 != "" && !index(names, "|" $1 "|") && $0 != "None"'
}

# must_write <lines> <line>: whether a rule like <line> has to be written: there is none of its name, or it differs and
# --reset was given.
must_write() {
  standing=$(printf '%s\n' "$1" | awk -F"$tab" -v name="${2%%"$tab"*}" '$1 == name')
  if [ -z "$standing" ]; then return 0; fi
  [ -n "$reset" ] && [ "$standing" != "$2" ]
}

# differs <lines> <line>: whether there is a rule of this name that differs; then it is left, and said.
differs() {
  standing=$(printf '%s\n' "$1" | awk -F"$tab" -v name="${2%%"$tab"*}" '$1 == name')
  if [ -z "$standing" ] || [ "$standing" = "$2" ] || [ -n "$reset" ]; then return 1; fi
  left "${2%%"$tab"*} of bucket $bucket" "$(fields "$standing")" "$(fields "$2")"
}

# A rule's fields but for its name, as people read them.
fields() {
  printf '[%s]' "$(printf '%s\n' "$1" | cut -f2- | sed "s/${tab}None//g" | tr '\t' ',')"
}

# Other rules must not delete the keys, which stay for ever, nor claims that are still needed.
refuse_early_expiry() {
  claims_days=$(((queue_retention + dead_letter_retention) / day))
  early=$(others_in "$lifecycle" "$our_rules" | awk -F"$tab" -v days="$claims_days" '
    $2 == "Enabled" && $8 == "None" && ($4 != "None" || $7 != "None") {
      if (index("/attache-keys/", $3) == 1) print $1 " (attache-keys/)"
      else if (index("/ledger/", $3) == 1 && ($4 == "None" || $4 + 0 <= days)) print $1 " (ledger/)"
    }' | tr '\n' ' ')
  [ -z "$early" ] || fail "lifecycle rules of bucket $bucket delete what Attaché needs: $early- attache-keys/ holds keys that must" \
    "never expire, and what is in ledger/ must stay for more than $claims_days days. Give these rules a prefix that leaves both out"
}

# Nobody but AWS identities.
no_public_access() {
  case $access in
    "True${tab}True${tab}True${tab}True") return ;;
    '' | None) ;;
    *) [ -n "$reset" ] || {
      left "the public access block of bucket $bucket" "$(printf '%s' "$access" | tr '\t' ',')" "True,True,True,True"
      return
    } ;;
  esac
  echo "Bucket $bucket: no public access"
  run aws s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
}

# Browsers from our page only.
upload_page_rule() {
  if differs "$cors" "$our_cors"; then
    case " $(printf '%s' "$standing" | cut -f2) " in
      *" $origin "* | *" * "*) ;;
      *) problem "browsers may not upload from $origin; set ATTACHE_URL to where the pages are, or run infra/setup.sh --reset" ;;
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

# What is left behind expires. A rule for uploads/ of an earlier run stays.
expiry_rules() {
  changed=
  missing=
  for rule in "$ledger_rule" "$multipart_rule" "$uploads_rule"; do
    if [ -z "$rule" ]; then continue; fi
    if differs "$lifecycle" "$rule"; then
      changed=yes
    elif must_write "$lifecycle" "$rule"; then
      missing="$missing ${rule%%"$tab"*}"
    fi
  done
  if [ -z "$missing" ]; then return; fi
  [ -z "$changed" ] || {
    problem "bucket $bucket has no lifecycle rule$missing, which cannot be added without undoing what differs; add it by hand, or" \
      "run infra/setup.sh --reset"
    return
  }
  uploads=
  days=$(printf '%s\n' "$lifecycle" | awk -F"$tab" '$1 == "attache-uploads" { print $4 }')
  days=${uploads_days:-$days}
  if [ -n "$days" ]; then
    uploads=',{ "ID": "attache-uploads", "Status": "Enabled", "Filter": {"Prefix": "uploads/"},
      "Expiration": {"Days": '$days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} }'
  fi
  echo "Bucket $bucket: lifecycle"
  # Nothing here reaches attache-keys/, whose keys must never expire.
  run aws s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration '{"Rules":[
    { "ID": "attache-ledger", "Status": "Enabled", "Filter": {"Prefix": "ledger/"},
      "Expiration": {"Days": '$ledger_days'}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1} },
    { "ID": "attache-multipart", "Status": "Enabled", "Filter": {"Prefix": ""},
      "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": '$multipart_days'} }'"$uploads"']}'
}

# What arrives under uploads/ is told to the queue objects-created; EventBridge, when on, stays on.
notification() {
  if differs "$notifications" "$our_notification" || ! must_write "$notifications" "$our_notification"; then return; fi
  echo "Notification of uploads/ to objects-created"
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

problems=
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
main "$@"
