mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

# Then the provider takes what the queue has; the mock's text is no JSON.
run "the_redrive_allow_policy_can_be_switched_off" {
  variables {
    redrive_allow_policies = false
  }

  assert {
    condition     = !anytrue([for it in aws_sqs_queue.dead_letters : can(jsondecode(it.redrive_allow_policy))])
    error_message = "There is a redrive-allow policy although the switch is off."
  }
}

run "the_redrive_allow_policy_is_on_by_default" {
  assert {
    condition = alltrue([for it in aws_sqs_queue.dead_letters :
      jsondecode(it.redrive_allow_policy).redrivePermission == "byQueue"
    ])
    error_message = "A dead-letter queue has no redrive-allow policy."
  }
}

run "metrics_go_to_cloudwatch_by_default" {
  command = plan

  assert {
    condition     = output.environment["ATTACHE_CLOUDWATCH_ENABLED"] == "true"
    error_message = "The process publishes no metrics to CloudWatch."
  }
}

run "metrics_can_be_switched_off" {
  command = plan

  variables {
    cloudwatch_metrics = false
  }

  assert {
    condition     = !contains(keys(output.environment), "ATTACHE_CLOUDWATCH_ENABLED")
    error_message = "The process publishes metrics although the switch is off."
  }
}
