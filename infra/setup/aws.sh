# shellcheck shell=sh
# Calls of the aws command, their errors, and the account. Part of infra/setup.sh.

tab=$(printf '\t')
sqs_endpoint=${AWS_ENDPOINT_URL_SQS:-${AWS_ENDPOINT_URL:-}}

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

# with <feature>: whether the feature is not left out.
with() {
  case " $without " in
    *" $1 "*) return 1 ;;
  esac
}

# Checks the environment variables.
check_settings() {
  case $uploads_days in
    0* | *[!0-9]*) fail "ATTACHE_UPLOADS_DAYS is '$uploads_days', but must be a number of days, 1 or more" ;;
  esac
  case $key in
    '' | arn:*:kms:*:*:key/*) ;;
    *) fail "ATTACHE_KMS_KEY_ARN is '$key', but must be the ARN of a key; 'aws kms describe-key --key-id <alias> --query" \
      "KeyMetadata.Arn' prints it" ;;
  esac
  # An origin has no path: https://attache.example.com/attache sends https://attache.example.com.
  origin=$(echo "$page" | sed -n 's#^\(https\{0,1\}://[^/?\#]*\).*#\1#p')
  [ -n "$origin" ] || fail "ATTACHE_URL is '$page', but must be a URL like https://attache.example.com"

  if [ -z "$without" ]; then return; fi
  [ -n "${AWS_ENDPOINT_URL:-}" ] || fail "ATTACHE_WITHOUT is for emulators, but AWS_ENDPOINT_URL is not set, and AWS has" \
    "all of these settings; unset ATTACHE_WITHOUT"
  for name in $without; do
    case " $features " in
      *" $name "*) ;;
      *) fail "ATTACHE_WITHOUT contains '$name', but can contain only: $features" ;;
    esac
  done
}

# run <command>...: runs an aws command without its output. If it fails, the script prints the error and stops. S3 refuses a
# change while another run changes the same bucket; such a change is repeated.
run() {
  for pause in 1 2 4 8 0; do
    "$@" >/dev/null 2>"$errors" && return
    if [ "$pause" = 0 ] || [ "$(error_code)" != OperationAborted ]; then fail "$(error_of "$@")"; fi
    sleep "$pause"
  done
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

# The error of the aws command in "$@": the missing permission, what an emulator lacks, or the call and the message of AWS.
error_of() {
  call=$*
  said="${call%% --*}: $(grep -v '^$' "$errors" | tail -n 1)"
  case $(error_code) in
    AccessDenied | AccessDeniedException | AuthorizationError | 403)
      printf 'the permission %s is missing (see infra/README.md); %s' "$(permission_of "${call%% --*}")" "$said" ;;
    NotImplemented | 501 | UnsupportedOperation | InvalidAttributeName | InvalidAction | UnknownOperationException)
      printf '%s' "$said"
      [ -z "${AWS_ENDPOINT_URL:-}" ] ||
        printf '. If %s does not support this, leave it out with ATTACHE_WITHOUT, which can contain: %s' \
          "$AWS_ENDPOINT_URL" "$features" ;;
    *) printf '%s' "$said" ;;
  esac
}

# The permission for "[aws] <service> <operation>". In S3 some operations and permissions have different names.
permission_of() {
  operation=${1##* }
  service=${1% *}
  service=${service##* }
  case $operation in
    head-bucket) echo s3:ListBucket ;;
    *-bucket-cors) echo "s3:$(capitalized "${operation%-cors}")CORS" ;;
    *-public-access-block) echo "s3:$(capitalized "${operation%%-*}-bucket-public-access-block")" ;;
    *-bucket-encryption) echo "s3:$(capitalized "${operation%%-*}-encryption-configuration")" ;;
    *-bucket-lifecycle-configuration) echo "s3:$(capitalized "${operation%%-*}-lifecycle-configuration")" ;;
    *-bucket-notification-configuration) echo "s3:$(capitalized "${operation%%-*}-bucket-notification")" ;;
    *) echo "${service%api}:$(capitalized "$operation")" ;;
  esac
}

# capitalized <words>: get-queue-url as GetQueueUrl.
capitalized() {
  echo "$1" | awk -F- '{ for (i = 1; i <= NF; i++) printf "%s%s", toupper(substr($i, 1, 1)), substr($i, 2) }'
}

# aws sqs, with the endpoint as an option: version 1 of the CLI ignores AWS_ENDPOINT_URL for this service.
sqs() {
  aws sqs ${sqs_endpoint:+--endpoint-url "$sqs_endpoint"} "$@"
}

# attribute <name> <value>: ,"<name>":"<value>" with the value as a JSON string.
attribute() {
  printf ',"%s":"%s"' "$1" "$(printf '%s' "$2" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# json_strings <array>: the strings of a JSON array, each on a line; None for null. So several values can be read with one call,
# --query 'to_string([…])', although they may contain tabs and line ends.
json_strings() {
  printf '%s\n' "$1" | awk '{
    for (i = 2; i <= length($0); i++) {
      c = substr($0, i, 1)
      if (!quoted && (c == "," || c == "]")) {
        print (value == "null" ? "None" : value)
        value = ""
      } else if (c == "\"") quoted = !quoted
      else if (quoted && c == "\\") {
        c = substr($0, ++i, 1)
        # Other escapes, such as \u00fc, are kept: the value is JSON itself.
        value = value (c ~ /[ntr]/ ? " " : (c == "\"" || c == "\\" || c == "/") ? c : "\\" c)
      } else value = value c
    }
  }'
}

# line <number> <lines>
line() {
  sed -n "$1p" <<EOF
$2
EOF
}

# same <JSON> <JSON>: whether two objects are equal. White space, the order of fields, quotes around numbers, and brackets around
# a single value make no difference; in policies, "*" and {"AWS":"*"} are the same principal.
same() {
  [ "$1" = "$2" ] || [ "$(canonical "$1")" = "$(canonical "$2")" ]
}

canonical() {
  printf '%s' "$1" | tr -d ' \t\r\n' | sed 's/{"AWS":"\*"}/"*"/' | tr -d '"{}[]' | tr ',' '\n' | sort | tr '\n' ','
}

queue_arn() { printf 'arn:%s:sqs:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

topic_arn() { printf 'arn:%s:sns:%s:%s:%s' "$partition" "$AWS_REGION" "$account" "$1"; }

# Sets account, partition and region. Stops if the aws command or credentials are missing.
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

  bucket_arn=arn:$partition:s3:::$bucket
  echo "Account $account, region $AWS_REGION, ${AWS_ENDPOINT_URL:-AWS}"
}
