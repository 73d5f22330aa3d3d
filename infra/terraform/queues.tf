locals {
  # The services that send to each queue, and on whose behalf: topics to the queues of their subscriptions and to the queues of
  # what could not be delivered, the bucket to those of its notifications, and what `senders` names.
  topic_sources = merge([for key in ["queue", "undelivered"] : {
    for it in distinct([for it in values(local.subscriptions) : { queue = it[key], topic = it.topic }]) :
    "${it.queue} ${it.topic}" => {
      queue   = it.queue
      sid     = "attache-${it.topic}"
      service = "sns.amazonaws.com"
      arn     = local.topic_arns[it.topic]
      account = local.account
    }
  }]...)
  bucket_sources = { for it in local.topology.bucket.notifications : "${it.queue} ${var.bucket_name}" => {
    queue   = it.queue
    sid     = "attache-${var.bucket_name}"
    service = "s3.amazonaws.com"
    arn     = local.bucket_arn
    account = local.account
  } }
  sender_sources = merge([for queue, sender in var.senders : {
    for index, it in sender.sources : "${queue} ${index}" => {
      queue   = queue
      sid     = "attache-source-${index}"
      service = it.service
      arn     = it.arn
      account = split(":", it.arn)[4]
    }
  }]...)
  queue_sources = values(merge(local.topic_sources, local.bucket_sources, local.sender_sources))

  # By queue, the principals in IAM that may send.
  queue_senders = { for queue, sender in var.senders : queue => [for it in sender.principals : local.principal_arns[it]] }

  # An account id stands for its root, which AWS would put into the policy in its place.
  principal_arns = { for it in distinct(concat(
    flatten([for sender in values(var.senders) : sender.principals]), flatten(values(var.subscribers))
    )) :
    it => length(it) == 12 ? "arn:${local.partition}:iam::${it}:root" : it
  }

  queue_policies = { for queue, arn in local.queue_arns : queue => jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "attache-tls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [for it in local.queue_sources : {
        Sid       = it.sid
        Effect    = "Allow"
        Principal = { Service = it.service }
        Action    = "sqs:SendMessage"
        Resource  = arn
        Condition = merge(
          { ArnEquals = { "aws:SourceArn" = it.arn } },
          # The ARN of a bucket has no account, and another account may create a bucket with the name of a deleted one. SNS is
          # documented to send aws:SourceArn only.
          { (it.service == "s3.amazonaws.com" ? "StringEquals" : "StringEqualsIfExists") = { "aws:SourceAccount" = it.account } }
        )
      } if it.queue == queue],
      [for it in [lookup(local.queue_senders, queue, [])] : {
        Sid       = "attache-senders"
        Effect    = "Allow"
        Principal = { AWS = it }
        Action    = ["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SendMessage"]
        Resource  = arn
      } if length(it) > 0],
      [for it in try(var.queue_policy_statements[queue], []) : merge(it, { Resource = arn })]
    )
  }) }

  dead_letter_size = coalesce(var.dead_letter_maximum_message_size, local.topology.deadLetterQueueSettings.maximumMessageSize)
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = toset(local.queue_names)

  name = "${var.name_prefix}${each.key}-dlq"
  # Stated, because SQS keeps messages for 4 days by default. A message keeps its first timestamp when SQS moves it.
  message_retention_seconds = local.topology.deadLetterQueueSettings.messageRetentionPeriod
  max_message_size          = local.dead_letter_size

  sqs_managed_sse_enabled           = local.key_arn == null ? local.topology.deadLetterQueueSettings.sqsManagedSse : null
  kms_master_key_id                 = local.key_arn
  kms_data_key_reuse_period_seconds = local.key_arn == null ? null : 300

  # Only this queue may use it as a dead-letter queue.
  redrive_allow_policy = var.redrive_allow_policies ? jsonencode({
    redrivePermission = local.topology.deadLetterQueueSettings.redrivePermission
    sourceQueueArns   = [local.queue_arns[each.key]]
  }) : null
  # In the queue and not a resource of its own: at no time a queue exists without its policy.
  policy = local.queue_policies["${each.key}-dlq"]

  tags = var.tags
}

resource "aws_sqs_queue" "this" {
  for_each = local.topology.queues

  name                       = "${var.name_prefix}${each.key}"
  visibility_timeout_seconds = local.topology.queueSettings.visibilityTimeout
  message_retention_seconds  = local.topology.queueSettings.messageRetentionPeriod
  max_message_size           = local.topology.queueSettings.maximumMessageSize
  receive_wait_time_seconds  = local.topology.queueSettings.receiveMessageWaitTimeSeconds

  sqs_managed_sse_enabled           = local.key_arn == null ? local.topology.queueSettings.sqsManagedSse : null
  kms_master_key_id                 = local.key_arn
  kms_data_key_reuse_period_seconds = local.key_arn == null ? null : 300

  redrive_policy = jsonencode({
    deadLetterTargetArn = local.queue_arns["${each.key}-dlq"]
    maxReceiveCount     = local.topology.queueSettings.maxReceiveCount
  })
  policy = local.queue_policies[each.key]

  tags = var.tags

  # SQS does not accept the name of a dead-letter queue that does not exist.
  depends_on = [aws_sqs_queue.dead_letters]

  lifecycle {
    precondition {
      condition     = alltrue([for queue in keys(var.queue_policy_statements) : contains(keys(local.queue_arns), queue)])
      error_message = "queue_policy_statements names a queue that does not exist; there are ${join(", ", keys(local.queue_arns))}."
    }
  }
}

# Messages that SNS could not deliver to a queue. redeliver.sh sends them again.
resource "aws_sqs_queue" "undelivered" {
  for_each = toset(local.undelivered_names)

  name                      = "${var.name_prefix}${each.key}"
  message_retention_seconds = local.topology.deadLetterQueueSettings.messageRetentionPeriod
  max_message_size          = local.dead_letter_size

  sqs_managed_sse_enabled           = local.key_arn == null ? local.topology.deadLetterQueueSettings.sqsManagedSse : null
  kms_master_key_id                 = local.key_arn
  kms_data_key_reuse_period_seconds = local.key_arn == null ? null : 300

  policy = local.queue_policies[each.key]

  tags = var.tags
}
