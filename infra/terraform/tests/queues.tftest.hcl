mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "Acme <files@example.com>" }
  dead_letter_maximum_message_size = 262144
}

run "every_queue_has_the_settings_of_the_definition" {
  assert {
    condition = alltrue([
      toset(keys(aws_sqs_queue.this)) == toset(keys(local.topology.queues)),
      length(aws_sqs_queue.this) == 6,
    ])
    error_message = "The queues are not those of topology.yaml."
  }
  assert {
    condition = alltrue([for key, it in aws_sqs_queue.this :
      it.name == key &&
      it.visibility_timeout_seconds == 60 &&
      it.receive_wait_time_seconds == 20 &&
      it.message_retention_seconds == 4 * 24 * 3600 &&
      it.max_message_size == 256 * 1024
    ])
    error_message = "A queue's visibility timeout, retention or MaximumMessageSize differs."
  }
  assert {
    condition = alltrue([for key, it in aws_sqs_queue.this :
      jsondecode(it.redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:${key}-dlq", maxReceiveCount = 10 }
    ])
    error_message = "A queue's redrive policy does not lead to its dead-letter queue after ten receives."
  }
}

run "every_dead_letter_queue_keeps_14_days" {
  assert {
    condition     = toset(keys(aws_sqs_queue.dead_letters)) == toset(keys(aws_sqs_queue.this))
    error_message = "A queue has no dead-letter queue."
  }
  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered)) :
      it.message_retention_seconds == 14 * 24 * 3600
    ])
    error_message = "A dead-letter queue does not keep messages for 14 days."
  }
  assert {
    condition     = alltrue([for key, it in aws_sqs_queue.dead_letters : it.name == "${key}-dlq"])
    error_message = "A dead-letter queue has another name."
  }
  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered)) :
      it.max_message_size == 262144
    ])
    error_message = "A dead-letter queue's MaximumMessageSize is not that of the input."
  }
}

run "a_dead_letter_queue_takes_messages_of_its_own_queue_only" {
  command = plan

  assert {
    condition = alltrue([for key, it in aws_sqs_queue.dead_letters : jsondecode(it.redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = ["arn:aws:sqs:eu-central-1:111122223333:${key}"]
    }])
    error_message = "A dead-letter queue's redrive-allow policy does not name its queue alone."
  }
}

run "every_queue_refuses_requests_without_tls" {
  command = plan

  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered)) :
      jsondecode(it.policy).Statement[0] == {
        Sid       = "attache-tls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:eu-central-1:111122223333:${it.name}"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ])
    error_message = "A queue accepts requests without TLS."
  }
}

run "only_the_bucket_and_the_topic_may_send_by_default" {
  command = plan

  assert {
    condition = [for it in jsondecode(aws_sqs_queue.this["objects-created"].policy).Statement : it if it.Effect == "Allow"] == [{
      Sid       = "attache-attache-example"
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-central-1:111122223333:objects-created"
      Condition = {
        ArnEquals    = { "aws:SourceArn" = "arn:aws:s3:::attache-example" }
        StringEquals = { "aws:SourceAccount" = "111122223333" }
      }
    }]
    error_message = "objects-created does not accept messages of this account's bucket alone."
  }
  assert {
    condition = alltrue([for it in [aws_sqs_queue.this["email-deliveries"], aws_sqs_queue.this["newsletter-deliveries"], aws_sqs_queue.undelivered["deliveries-undelivered"]] :
      [for statement in jsondecode(it.policy).Statement : statement if statement.Effect == "Allow"] == [{
        Sid       = "attache-deliveries"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:eu-central-1:111122223333:${it.name}"
        Condition = {
          ArnEquals            = { "aws:SourceArn" = "arn:aws:sns:eu-central-1:111122223333:deliveries" }
          StringEqualsIfExists = { "aws:SourceAccount" = "111122223333" }
        }
      }]
    ])
    error_message = "A queue of a subscription, or that of undelivered messages, does not accept messages of the topic deliveries alone."
  }
  assert {
    condition = alltrue([for it in concat([for key in ["attachment-requests", "purchases-completed", "request-parts"] : aws_sqs_queue.this[key]], values(aws_sqs_queue.dead_letters)) :
      length(jsondecode(it.policy).Statement) == 1
    ])
    error_message = "A queue's policy lets someone send who is not configured."
  }
}

run "senders_may_send_to_the_queues_of_other_systems" {
  command = plan

  variables {
    senders = {
      attachment-requests = { principals = ["444455556666", "arn:aws:iam::111122223333:role/crm"] }
      purchases-completed = { sources = [{ service = "events.amazonaws.com", arn = "arn:aws:events:eu-central-1:777788889999:rule/purchases" }] }
    }
  }

  assert {
    condition = jsondecode(aws_sqs_queue.this["attachment-requests"].policy).Statement[1] == {
      Sid       = "attache-senders"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/crm"] }
      Action    = ["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SendMessage"]
      Resource  = "arn:aws:sqs:eu-central-1:111122223333:attachment-requests"
    }
    error_message = "The principals may not send, or may do more than that."
  }
  assert {
    condition = jsondecode(aws_sqs_queue.this["purchases-completed"].policy).Statement[1].Condition == {
      ArnEquals            = { "aws:SourceArn" = "arn:aws:events:eu-central-1:777788889999:rule/purchases" }
      StringEqualsIfExists = { "aws:SourceAccount" = "777788889999" }
    }
    error_message = "The service may send on behalf of others than the rule."
  }
  assert {
    condition     = length(jsondecode(aws_sqs_queue.this["request-parts"].policy).Statement) == 1
    error_message = "Senders may send to a queue of the worker."
  }
}

run "further_statements_are_added_to_a_queues_policy" {
  command = plan

  variables {
    queue_policy_statements = {
      attachment-requests-dlq = [{ Sid = "Operators", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/operators" }, Action = "sqs:ReceiveMessage" }]
    }
  }

  assert {
    condition = jsondecode(aws_sqs_queue.dead_letters["attachment-requests"].policy).Statement[1] == {
      Sid       = "Operators"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/operators" }
      Action    = "sqs:ReceiveMessage"
      Resource  = "arn:aws:sqs:eu-central-1:111122223333:attachment-requests-dlq"
    }
    error_message = "The statement is missing or has another resource."
  }
}

run "a_statement_for_an_unknown_queue_is_an_error" {
  command = plan

  variables {
    queue_policy_statements = { requests = [] }
  }

  expect_failures = [aws_sqs_queue.this]
}

run "names_begin_with_the_prefix" {
  variables {
    name_prefix = "staging-"
  }

  assert {
    condition = alltrue([for it in concat(
      values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered), values(aws_sns_topic.this),
      values(aws_iam_role.this), values(aws_iam_policy.this)
    ) : startswith(it.name, "staging-")])
    error_message = "The name of a queue, topic, role or policy has no prefix."
  }
  assert {
    condition = alltrue([
      output.queues["attachment-requests"].name == "staging-attachment-requests",
      output.dead_letter_queues["attachment-requests"].name == "staging-attachment-requests-dlq",
      output.dead_letter_queues["deliveries-undelivered"].name == "staging-deliveries-undelivered",
      output.topics["deliveries"].name == "staging-deliveries",
    ])
    error_message = "The outputs are not found by the names in topology.yaml."
  }
  assert {
    condition = alltrue([for key, it in aws_sqs_queue.this :
      jsondecode(it.policy).Statement[0].Resource == "arn:aws:sqs:eu-central-1:111122223333:staging-${key}"
    ])
    error_message = "A policy names the queue without its prefix."
  }
  assert {
    condition     = jsondecode(aws_sqs_queue.dead_letters["request-parts"].redrive_allow_policy).sourceQueueArns == ["arn:aws:sqs:eu-central-1:111122223333:staging-request-parts"]
    error_message = "A redrive-allow policy names the queue without its prefix."
  }
  assert {
    condition = alltrue([
      !strcontains(replace(jsonencode(output.policies), "staging-", ""), "prefix}"),
      strcontains(output.policies["worker"], "arn:aws:sqs:eu-central-1:111122223333:staging-attachment-requests\""),
    ])
    error_message = "The worker's policy names queues without their prefix."
  }
}
