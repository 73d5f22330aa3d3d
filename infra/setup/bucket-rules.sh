# shellcheck shell=sh
# The bucket's CORS rules, lifecycle rules and notifications. Part of infra/setup.sh.

# Reads the bucket's rules: a line per rule, its fields separated by tabs. S3 stores CORS rules, lifecycle rules and
# notifications each as a whole. If there are other rules and ours have to be written, the script stops before it has changed
# anything.
read_bucket_rules() {
  if with cors; then read_cors; fi
  if with lifecycle; then read_lifecycle; fi
  if with notification; then read_notifications; fi
}

read_cors() {
  # LocalStack does not support x-amz-*, so the headers that the upload page and programs send are listed as well.
  headers="content-type if-none-match x-amz-* x-amz-checksum-sha256 x-amz-meta-request-id x-amz-meta-file-name"
  headers="$headers x-amz-meta-file-id"
  headers="$headers x-amz-server-side-encryption x-amz-server-side-encryption-aws-kms-key-id"
  cors=$(ask NoSuchCORSConfiguration aws s3api get-bucket-cors --bucket "$bucket" --output text --query \
    "CORSRules[].[ID, join(' ', AllowedOrigins), join(' ', AllowedMethods), join(' ', AllowedHeaders || \`[]\`)]")
  our_cors="attache-upload-page$tab$origin${tab}PUT POST$tab$headers"
  stop_at_others "$cors" 'attache-upload-page' "CORS rules" "$our_cors"
}

# Fields: name, status, prefix; after how many days objects, noncurrent versions and incomplete multipart uploads are deleted;
# date, tag; whether markers of deletions that have no version left are deleted.
read_lifecycle() {
  lifecycle=$(ask NoSuchLifecycleConfiguration aws s3api get-bucket-lifecycle-configuration --bucket "$bucket" --output text \
    --query "Rules[].[ID, Status, join('', ['/', not_null(Filter.Prefix, Filter.And.Prefix, Prefix, '')]), Expiration.Days,
      NoncurrentVersionExpiration.NoncurrentDays, AbortIncompleteMultipartUpload.DaysAfterInitiation, Expiration.Date,
      Filter.Tag.Key || Filter.And.Tags[0].Key, Expiration.ExpiredObjectDeleteMarker || null]")
  # No rule for current versions may include attache-keys/: keys must never expire.
  rules="$(rule attache-ledger ledger/ "$ledger_days" 1 None None)
$(rule attache-due ledger/due/ "$due_days" 1 None None)
$(rule attache-audit attache-audit/ "$audit_days" 1 None None)
$(rule attache-multipart '' None None "$multipart_days" None)
$(rule attache-versions '' None "$version_days" None True)"
  # Without days, the rule of an earlier run stays.
  uploads_rule=$(named attache-uploads "$lifecycle")
  if [ -n "$uploads_days" ]; then uploads_rule=$(rule attache-uploads uploads/ "$uploads_days" 1 None None); fi
  if [ -n "$uploads_rule" ]; then
    rules="$rules
$uploads_rule"
  fi
  our_rules='attache-ledger|attache-due|attache-audit|attache-multipart|attache-versions|attache-uploads'
  stop_at_others "$lifecycle" "$our_rules" "lifecycle rules" "$rules" rule_json
  refuse_early_expiry
}

# rule <name> <prefix> <days> <days of noncurrent versions> <days of multipart uploads> <markers>: a line of our rules.
rule() {
  printf '%s\tEnabled\t/%s\t%s\t%s\t%s\tNone\tNone\t%s' "$@"
}

read_notifications() {
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

# stop_at_others <lines> <names> <what> <our lines> [<function>]: stops if one of our lines has to be written and there are other
# lines, which would be lost. The function prints lines for people.
stop_at_others() {
  others=$(others_in "$1" "$2")
  to_write=$(lines_to_write "$1" "$4")
  if [ -z "$others" ] || [ -z "$to_write" ]; then return; fi
  fail "the bucket $bucket has other $3 than ours ($2): $(printf '%s\n' "$others" | cut -f1 | tr '\n' ' ')- S3 stores" \
    "them as a whole, and this script would delete the others. Set ATTACHE_BUCKET to another bucket, delete them, or add ours by" \
    "hand: $(printf '%s\n' "$to_write" | "${5:-with_commas}")"
}

with_commas() { tr '\t' ','; }

# others_in <lines> <names>: the lines of rules that have none of these names; the names are separated by |.
others_in() {
  printf '%s\n' "$1" | awk -F"$tab" -v names="|$2|" '$1 != "" && !index(names, "|" $1 "|") && $0 != "None"'
}

# named <name> <lines>: the line of the rule with this name.
named() {
  printf '%s\n' "$2" | awk -F"$tab" -v name="$1" '$1 == name'
}

# lines_to_write <lines> <our lines>: our lines that have to be written: those whose name no rule has and, with --reset, those
# that differ.
lines_to_write() {
  printf '%s\n\n%s\n' "$1" "$2" | awk -F"$tab" -v reset="$reset" '
    NF == 0 { ours = 1; next }
    !ours { its[$1] = $0; next }
    !($1 in its) || (reset && its[$1] != $0)'
}

# differing_lines <lines> <our lines>: prints the differences that are kept, and sets $differing if there are any.
differing_lines() {
  differing=
  if [ -n "$reset" ]; then return; fi
  while IFS= read -r our_line; do
    its=$(named "${our_line%%"$tab"*}" "$1")
    if [ -z "$its" ] || [ "$its" = "$our_line" ]; then continue; fi
    kept "${our_line%%"$tab"*} of bucket $bucket" "$(fields "$its")" "$(fields "$our_line")"
    differing=yes
  done <<EOF
$2
EOF
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
    "never expire, objects in ledger/ must not expire within $ledger_days days, and those in attache-audit/ not within" \
    "$audit_days days. Give these rules a prefix that includes none of them"
}

# Lets browsers upload from the origin of our page only.
upload_page_rule() {
  if ! with cors; then return; fi
  differing_lines "$cors" "$our_cors"
  if [ -n "$differing" ]; then
    case " $(named attache-upload-page "$cors" | cut -f2) " in
      *" $origin "* | *" * "*) ;;
      *) problem "browsers may not upload from $origin; set ATTACHE_URL to the origin of the pages, or run" \
        "infra/setup.sh --reset" ;;
    esac
    return
  fi
  if [ -z "$(lines_to_write "$cors" "$our_cors")" ]; then return; fi
  echo "Bucket $bucket: CORS for $origin"
  run aws s3api put-bucket-cors --bucket "$bucket" --cors-configuration '{"CORSRules":[{
    "ID": "attache-upload-page",
    "AllowedOrigins": ["'"$origin"'"],
    "AllowedMethods": ["PUT", "POST"],
    "AllowedHeaders": ["'"$(printf '%s' "$headers" | sed 's/ /", "/g')"'"],
    "ExposeHeaders": ["ETag"],
    "MaxAgeSeconds": 3600 }]}'
}

# Lifecycle rules for the ledger, the audit, multipart uploads, versions and, with ATTACHE_UPLOADS_DAYS, uploads.
expiry_rules() {
  if ! with lifecycle; then return; fi
  differing_lines "$lifecycle" "$rules"
  its_days=$(named attache-ledger "$lifecycle" | cut -f4)
  [ -n "$reset" ] || [ "${its_days:-None}" = None ] || [ "$its_days" -ge "$ledger_days" ] ||
    problem "the lifecycle rule attache-ledger of bucket $bucket deletes the records of download pages after $its_days days," \
      "but those of a page that is open for 90 days are needed for $ledger_days days: set it to $ledger_days, or run" \
      "infra/setup.sh --reset"
  missing=$(lines_to_write "$lifecycle" "$rules" | cut -f1 | tr '\n' ' ')
  if [ -z "$missing" ]; then return; fi
  if [ -n "$differing" ]; then
    problem "bucket $bucket lacks lifecycle rules, which cannot be added without overwriting those that differ: ${missing}- add" \
      "them by hand, or run infra/setup.sh --reset"
    return
  fi
  echo "Bucket $bucket: lifecycle"
  run aws s3api put-bucket-lifecycle-configuration --bucket "$bucket" --lifecycle-configuration \
    "{\"Rules\":[$(printf '%s\n' "$rules" | rule_json | joined)]}"
}

# The lines of lifecycle rules as JSON, each on a line.
rule_json() {
  awk -F"$tab" '
    function action(name, field, value) {
      return value == "None" ? "" : sprintf(",\"%s\":{\"%s\":%s}", name, field, tolower(value))
    }
    {
      printf "{\"ID\":\"%s\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"%s\"}", $1, substr($3, 2)
      printf "%s%s", action("Expiration", "Days", $4), action("Expiration", "ExpiredObjectDeleteMarker", $9)
      printf "%s", action("NoncurrentVersionExpiration", "NoncurrentDays", $5)
      printf "%s}\n", action("AbortIncompleteMultipartUpload", "DaysAfterInitiation", $6)
    }'
}

# S3 notifies the queue objects-created of new objects in uploads/. If EventBridge is on, it stays on.
notification() {
  if ! with notification; then return; fi
  differing_lines "$notifications" "$our_notification"
  if [ -z "$(lines_to_write "$notifications" "$our_notification")" ]; then return; fi
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
  said=$(error_of aws s3api put-bucket-notification-configuration)
  [ -z "$key" ] || said="$said. The policy of the KMS key must let s3.amazonaws.com use it, see infra/README.md"
  fail "$said"
}
