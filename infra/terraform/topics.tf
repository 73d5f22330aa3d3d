resource "aws_sns_topic" "this" {
  for_each = local.topology.topics

  name              = "${var.name_prefix}${each.key}"
  kms_master_key_id = local.key_arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "attache-tls"
        Effect    = "Deny"
        Principal = "*"
        # SNS does not accept sns:* in a topic's policy.
        Action    = "sns:Publish"
        Resource  = local.topic_arns[each.key]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [for it in [lookup(var.subscribers, each.key, [])] : {
        Sid       = "attache-subscribers"
        Effect    = "Allow"
        Principal = { AWS = [for principal in it : local.principal_arns[principal]] }
        Action    = "sns:Subscribe"
        Resource  = local.topic_arns[each.key]
        # Without it, a principal could subscribe a mailbox or a web address of anybody.
        Condition = { StringEquals = { "sns:Protocol" = ["sqs", "lambda", "firehose"] } }
      } if length(it) > 0],
      # A statement of its own, because only requests to subscribe have a protocol.
      [for it in [lookup(var.subscribers, each.key, [])] : {
        Sid       = "attache-subscribers-read"
        Effect    = "Allow"
        Principal = { AWS = [for principal in it : local.principal_arns[principal]] }
        Action    = "sns:GetTopicAttributes"
        Resource  = local.topic_arns[each.key]
      } if length(it) > 0],
      [for it in try(var.topic_policy_statements[each.key], []) : merge(it, { Resource = local.topic_arns[each.key] })]
    )
  })

  tags = var.tags

  lifecycle {
    precondition {
      condition     = alltrue([for topic in keys(var.topic_policy_statements) : contains(keys(local.topology.topics), topic)])
      error_message = "topic_policy_statements names a topic that does not exist; there are ${join(", ", keys(local.topology.topics))}."
    }
  }
}

resource "aws_sns_topic_subscription" "this" {
  for_each = local.subscriptions

  topic_arn            = aws_sns_topic.this[each.value.topic].arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.this[each.key].arn
  raw_message_delivery = each.value.rawMessageDelivery
  filter_policy_scope  = "MessageAttributes"
  filter_policy        = jsonencode(each.value.filterPolicy)
  redrive_policy       = jsonencode({ deadLetterTargetArn = local.queue_arns[each.value.undelivered] })

  depends_on = [aws_sqs_queue.undelivered]
}
