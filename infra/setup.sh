#!/bin/sh
# Creates what Attaché needs on AWS: queues with their dead-letter queues, topics, subscriptions and a bucket.
# infra/topology.yaml defines them; a test compares this script with it. infra/terraform creates the same.
# It can be run again: it deletes nothing and adds what is missing. A setting that differs from the one here is kept and
# printed; with --reset it is overwritten.
#
#   infra/setup.sh [--reset]
#
#   ATTACHE_BUCKET        the bucket, created if missing                    (attache)
#   ATTACHE_URL           where people open the upload page                 (http://localhost:8080)
#   ATTACHE_UPLOADS_DAYS  after how many days files in uploads/ are deleted (never)
#   ATTACHE_KMS_KEY_ARN   the KMS key for queues, topics and bucket         (keys of SQS and S3; none for topics)
#   ATTACHE_WITHOUT       settings that an emulator lacks; see $features    (none)
#   AWS_REGION            the region                                        (the aws command's own setting, or us-east-1)
#   AWS_ENDPOINT_URL      an emulator's address, e.g. LocalStack            (AWS itself)
#
# Credentials are those of the aws command. The permissions that it needs are in infra/README.md.
# The functions are in infra/setup.
set -eu

bucket=${ATTACHE_BUCKET:-attache}
page=${ATTACHE_URL:-http://localhost:8080}
uploads_days=${ATTACHE_UPLOADS_DAYS:-}
key=${ATTACHE_KMS_KEY_ARN:-}
without=${ATTACHE_WITHOUT:-}

# What can be left out, on an emulator only.
features="message-size queue-encryption queue-policy redrive-allow topic-policy bucket-encryption bucket-policy cors"
features="$features lifecycle notification ownership-controls public-access-block versioning"

export AWS_PAGER=
day=86400
visibility=60
max_receives=10
# Long polling for other receivers; the worker states its own with each call.
receive_wait=20
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

main() {
  reset=
  case ${1:-} in
    '') ;;
    --reset) reset=yes ;;
    *) fail "'$1' is not known; the only option is --reset" ;;
  esac
  check_settings
  find_account
  create_or_check_bucket
  read_bucket_settings

  deliveries=$(topic_arn deliveries)
  queue attachment-requests
  queue purchases-completed
  queue request-parts
  queue objects-created s3.amazonaws.com "$bucket_arn"
  queue email-deliveries sns.amazonaws.com "$deliveries"
  queue newsletter-deliveries sns.amazonaws.com "$deliveries"
  undelivered_queue deliveries-undelivered sns.amazonaws.com "$deliveries"

  topic deliveries
  topic attachment-events
  subscription deliveries email-deliveries email deliveries-undelivered
  subscription deliveries newsletter-deliveries newsletter deliveries-undelivered

  no_public_access
  no_access_lists
  tls_only
  encrypt_objects
  upload_page_rule
  expiry_rules
  keep_versions
  notification

  [ -z "$problems" ] || fail "not ready; see 'PROBLEM' above"
  echo "Ready. Attaché needs: ATTACHE_BUCKET=$bucket AWS_REGION=$AWS_REGION"
}

parts=$(dirname "$0")/setup
# shellcheck source=infra/setup/aws.sh
. "$parts/aws.sh"
# shellcheck source=infra/setup/policies.sh
. "$parts/policies.sh"
# shellcheck source=infra/setup/queues.sh
. "$parts/queues.sh"
# shellcheck source=infra/setup/topics.sh
. "$parts/topics.sh"
# shellcheck source=infra/setup/bucket.sh
. "$parts/bucket.sh"
# shellcheck source=infra/setup/bucket-rules.sh
. "$parts/bucket-rules.sh"

problems=
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
main "$@"
