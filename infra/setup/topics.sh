# shellcheck shell=sh
# Topics and subscriptions. Part of infra/setup.sh.

# topic <name>: creates the topic, or adds what it lacks.
topic() {
  echo "Topic $1"
  topic=$(topic_arn "$1")
  # SNS accepts no sns:* in the policy of a topic.
  policy_begin sns Publish "$topic"
  attributes=$(ask NotFound aws sns get-topic-attributes --topic-arn "$topic" --output text \
    --query "to_string(Attributes.[Policy,KmsMasterKeyId])")
  if [ -z "$attributes" ]; then
    changes=
    if with topic-policy; then add_attribute Policy "$(our_policy)"; fi
    [ -z "$key" ] || add_attribute KmsMasterKeyId "$key"
    # In one call, as for queues.
    set -- aws sns create-topic --name "$1"
    if [ -n "$changes" ]; then set -- "$@" --attributes "{${changes#,}}"; fi
    run "$@"
    return
  fi

  attributes=$(json_strings "$attributes")
  if with topic-policy; then
    policy_for "topic $1" "$(line 1 "$attributes")"
    policy_changed "topic $1"
    [ -z "$policy" ] || set_topic Policy "$policy"
  fi
  its=$(line 2 "$attributes")
  if [ -z "$key" ] || [ "$its" = "$key" ]; then return; fi
  if [ -n "$reset" ] || [ -z "$its" ] || [ "$its" = None ]; then
    set_topic KmsMasterKeyId "$key"
  else
    kept "KmsMasterKeyId of the topic $1" "$its" "$key"
  fi
}

set_topic() {
  run aws sns set-topic-attributes --topic-arn "$topic" --attribute-name "$1" --attribute-value "$2"
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
      changes=
      add_attribute RawMessageDelivery true
      add_attribute FilterPolicy "$filter"
      add_attribute RedrivePolicy "$redrive"
      # In one call: without the filter, the subscription would deliver messages for other channels.
      run aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$target" --attributes "{${changes#,}}"
      return ;;
  esac
  attributes=$(ask "" aws sns get-subscription-attributes --subscription-arn "$existing" --output text \
    --query "to_string(Attributes.[RawMessageDelivery,FilterPolicy,RedrivePolicy])")
  attributes=$(json_strings "$attributes")
  subscription_setting RawMessageDelivery "$(line 1 "$attributes")" true
  subscription_setting FilterPolicy "$(line 2 "$attributes")" "$filter"
  subscription_setting RedrivePolicy "$(line 3 "$attributes")" "$redrive"
}

# subscription_setting <attribute> <value> <our value>: sets the attribute of the subscription $existing of $target if there is
# none, or with --reset; otherwise prints the difference.
subscription_setting() {
  if same "$2" "$3"; then return; fi
  if [ -n "$reset" ] || [ -z "$2" ] || [ "$2" = None ]; then
    run aws sns set-subscription-attributes --subscription-arn "$existing" --attribute-name "$1" --attribute-value "$3"
  else
    kept "$1 of the subscription of ${target##*:}" "$2" "$3"
  fi
}
