mock_provider "aws" {
  source = "./tests/aws"

  override_resource {
    target = aws_sns_topic.this["deliveries"]
    values = { arn = "arn:aws:sns:eu-central-1:111122223333:deliveries" }
  }
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "each_queue_of_deliveries_gets_its_channel_raw_and_undelivered_messages_are_kept" {
  assert {
    condition     = toset(keys(aws_sns_topic_subscription.this)) == toset(["email-deliveries", "newsletter-deliveries"])
    error_message = "The subscriptions are not those of topology.yaml."
  }
  assert {
    condition = alltrue([for key, it in aws_sns_topic_subscription.this :
      it.topic_arn == "arn:aws:sns:eu-central-1:111122223333:deliveries" && it.protocol == "sqs" && it.endpoint == aws_sqs_queue.this[key].arn
    ])
    error_message = "A subscription does not lead from deliveries to its queue."
  }
  assert {
    condition = { for key, it in aws_sns_topic_subscription.this : key => jsondecode(it.filter_policy) } == {
      email-deliveries      = { channel = ["email"] }
      newsletter-deliveries = { channel = ["newsletter"] }
    }
    error_message = "A filter policy differs."
  }
  assert {
    condition = alltrue([for it in aws_sns_topic_subscription.this :
      it.filter_policy_scope == "MessageAttributes" &&
      it.raw_message_delivery
    ])
    error_message = "A subscription does not filter by attributes, or wraps messages in SNS's envelope."
  }
  assert {
    condition = alltrue([for it in aws_sns_topic_subscription.this :
      jsondecode(it.redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:deliveries-undelivered" }
    ])
    error_message = "A subscription has no dead-letter queue."
  }
}

run "topics_refuse_requests_without_tls_and_let_nobody_else_subscribe" {
  command = plan

  assert {
    condition = alltrue([for key, it in aws_sns_topic.this : jsondecode(it.policy).Statement == [{
      Sid       = "attache-tls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-central-1:111122223333:${key}"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]])
    error_message = "A topic accepts messages without TLS, or allows something."
  }
  assert {
    condition     = alltrue([for key, it in aws_sns_topic.this : it.name == key])
    error_message = "A topic has another name."
  }
}

run "subscribers_may_subscribe_queues_and_functions" {
  command = plan

  variables {
    subscribers = { attachment-events = ["444455556666", "arn:aws:iam::111122223333:role/crm"] }
  }

  assert {
    condition = jsondecode(aws_sns_topic.this["attachment-events"].policy).Statement[1] == {
      Sid       = "attache-subscribers"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/crm"] }
      Action    = "sns:Subscribe"
      Resource  = "arn:aws:sns:eu-central-1:111122223333:attachment-events"
      Condition = { StringEquals = { "sns:Protocol" = ["sqs", "lambda", "firehose"] } }
    }
    error_message = "The subscribers may not subscribe, or may do more than that."
  }
  # Amazon SNS Developer Guide, "Amazon SNS API permissions": its condition keys are those of requests to subscribe.
  assert {
    condition     = alltrue([for it in jsondecode(aws_sns_topic.this["attachment-events"].policy).Statement : it.Action == "sns:Subscribe" if can(it.Condition.StringEquals["sns:Protocol"])])
    error_message = "No other request than one to subscribe has a protocol, so the statement would never allow it."
  }
  assert {
    condition     = one([for it in jsondecode(aws_sns_topic.this["attachment-events"].policy).Statement : it.Principal.AWS if it.Action == "sns:GetTopicAttributes"]) == ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/crm"]
    error_message = "The subscribers may not look at the topic."
  }
  assert {
    condition     = length(jsondecode(aws_sns_topic.this["deliveries"].policy).Statement) == 1
    error_message = "Subscribers of one topic may subscribe to another."
  }
}

run "further_statements_are_added_to_a_topics_policy" {
  command = plan

  variables {
    topic_policy_statements = {
      attachment-events = [{ Sid = "Web", Effect = "Allow", Principal = { AWS = "444455556666" }, Action = "sns:Subscribe", Condition = { StringEquals = { "sns:Protocol" = "https" } } }]
    }
  }

  assert {
    condition = alltrue([
      jsondecode(aws_sns_topic.this["attachment-events"].policy).Statement[1].Sid == "Web",
      jsondecode(aws_sns_topic.this["attachment-events"].policy).Statement[1].Resource == "arn:aws:sns:eu-central-1:111122223333:attachment-events",
    ])
    error_message = "The statement is missing or has another resource."
  }
}

run "a_statement_for_an_unknown_topic_is_an_error" {
  command = plan

  variables {
    topic_policy_statements = { events = [] }
  }

  expect_failures = [aws_sns_topic.this]
}
