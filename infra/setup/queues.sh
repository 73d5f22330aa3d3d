# shellcheck shell=sh
# Queues. Part of infra/setup.sh.

# queue <name> [<service> <ARN>]: creates the queue and its dead-letter queue. The service may send to the queue on behalf of the
# topic or bucket with this ARN.
queue() {
  echo "Queue $1, with $1-dlq"
  queue_begin "$1-dlq" "$dead_letter_retention" "$dead_letter_size"
  if with redrive-allow; then
    want RedriveAllowPolicy "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"$(queue_arn "$1")\"]}"
  fi
  create_or_check_queue
  dead_retention=$retention
  dead_size=$size

  queue_begin "$1" "$queue_retention" "$queue_size"
  want VisibilityTimeout "$visibility"
  want ReceiveMessageWaitTimeSeconds "$receive_wait"
  want RedrivePolicy "{\"deadLetterTargetArn\":\"$(queue_arn "$1-dlq")\",\"maxReceiveCount\":$max_receives}"
  if [ $# -gt 1 ]; then allow_sender "$2" "$3" "$(queue_arn "$1")"; fi
  create_or_check_queue

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
  queue_begin "$1" "$dead_letter_retention" "$dead_letter_size"
  allow_sender "$2" "$3" "$(queue_arn "$1")"
  create_or_check_queue
}

# queue_begin <name> <retention> <size>: sets $wanted to the attributes that every queue needs, a line for each.
queue_begin() {
  name=$1
  retention=$2
  size=$3
  wanted=
  want MessageRetentionPeriod "$2"
  if with message-size; then want MaximumMessageSize "$3"; fi
  if with queue-encryption; then
    if [ -n "$key" ]; then want KmsMasterKeyId "$key"; else want SqsManagedSseEnabled true; fi
  fi
  policy_begin sqs '*' "$(queue_arn "$1")"
}

want() {
  wanted="$wanted$1$tab$2
"
}

# Creates the queue $name with the attributes $wanted and our policy, or adds what it lacks. Sets the variables retention and size
# to the queue's values, which differ if it existed.
create_or_check_queue() {
  url=$(ask "AWS.SimpleQueueService.NonExistentQueue QueueDoesNotExist" \
    sqs get-queue-url --queue-name "$name" --query QueueUrl --output text)
  changes=
  if [ -z "$url" ]; then
    each_wanted add_attribute
    if with queue-policy; then add_attribute Policy "$(our_policy)"; fi
    # In one call: a run that stops early leaves no incomplete queue, and two runs at the same time do the same.
    run sqs create-queue --queue-name "$name" --attributes "{${changes#,}}"
    return
  fi

  attributes=$(ask "" sqs get-queue-attributes --queue-url "$url" --attribute-names All --output text \
    --query "to_string(Attributes.[Policy,KmsMasterKeyId,$(printf '%s' "$wanted" | cut -f1 | joined)])")
  attributes=$(json_strings "$attributes")
  number=2
  each_wanted compare_attribute
  if with queue-policy; then
    policy_for "queue $name" "$(line 1 "$attributes")"
    policy_changed "queue $name"
    [ -z "$policy" ] || add_attribute Policy "$policy"
  fi
  [ -z "$changes" ] || run sqs set-queue-attributes --queue-url "$url" --attributes "{${changes#,}}"
}

# each_wanted <function>: calls the function with each attribute in $wanted and its value.
each_wanted() {
  while IFS=$tab read -r wanted_name wanted_value; do
    [ -z "$wanted_name" ] || "$1" "$wanted_name" "$wanted_value"
  done <<EOF
$wanted
EOF
}

add_attribute() {
  changes=$changes$(attribute "$1" "$2")
}

# compare_attribute <attribute> <our value>: adds our value to $changes if the queue has none, or with --reset; otherwise prints
# the difference. The queue's value is the next line of $attributes.
compare_attribute() {
  number=$((number + 1))
  its=$(line "$number" "$attributes")
  case $1.$(line 2 "$attributes") in
    SqsManagedSseEnabled. | SqsManagedSseEnabled.None) ;;
    # The queue is encrypted with a KMS key.
    SqsManagedSseEnabled.*) return ;;
  esac
  # SQS's default.
  if [ "$1.$its" = ReceiveMessageWaitTimeSeconds.0 ]; then its=; fi
  if same "$its" "$2"; then return; fi
  if [ -z "$reset" ] && [ -n "$its" ] && [ "$its" != None ]; then
    kept "$1 of $name" "$its" "$2"
    case $1 in
      MessageRetentionPeriod) retention=$its ;;
      MaximumMessageSize) size=$its ;;
    esac
    return
  fi
  add_attribute "$1" "$2"
  # SQS accepts only one of the two.
  if [ "$1" = KmsMasterKeyId ]; then add_attribute SqsManagedSseEnabled false; fi
}
