mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "the_environment_is_all_that_a_process_needs" {
  assert {
    condition = jsonencode(output.environment) == jsonencode({
      AWS_REGION                  = "eu-central-1"
      ATTACHE_BUCKET              = "attache-example"
      ATTACHE_GATEWAY_PUBLIC_URL  = "https://links.example.com"
      ATTACHE_MAIL_FROM           = "files@example.com"
      ATTACHE_MAIL_TRANSPORT      = "smtp"
      ATTACHE_CLOUDWATCH_ENABLED  = "true"
      ATTACHE_AUDIENCE_SENDER_IDS = "${aws_iam_role.this["all"].unique_id},${aws_iam_role.this["worker"].unique_id}"
      ATTACHE_CONSOLE_SENDER_IDS  = "${aws_iam_role.this["all"].unique_id},${aws_iam_role.this["console"].unique_id}"
    })
    error_message = "The environment differs."
  }
}

run "settings_of_the_caller_replace_those_of_the_module" {
  command = plan

  variables {
    environment = {
      ATTACHE_SOURCES_CRM_PREFIXES = "downloads/crm/"
      ATTACHE_CLOUDWATCH_ENABLED   = "false"
      ATTACHE_GATEWAY_PUBLICURL    = "https://other.example.com"
    }
    secrets = { SPRING_MAIL_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf" }
  }

  assert {
    condition = alltrue([
      output.environment["ATTACHE_SOURCES_CRM_PREFIXES"] == "downloads/crm/",
      output.environment["ATTACHE_CLOUDWATCH_ENABLED"] == "false",
    ])
    error_message = "The caller's settings are missing."
  }
  assert {
    condition = alltrue([
      output.environment["ATTACHE_GATEWAY_PUBLICURL"] == "https://other.example.com",
      !contains(keys(output.environment), "ATTACHE_GATEWAY_PUBLIC_URL"),
    ])
    error_message = "The process has a setting twice."
  }
  assert {
    condition     = output.secrets == tomap({ SPRING_MAIL_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf" })
    error_message = "The secret is missing."
  }
}

run "with_a_prefix_every_binding_has_its_destination" {
  command = plan

  variables {
    name_prefix = "staging-"
  }

  assert {
    condition = { for name, value in output.environment : name => value if can(regex("^(SPRING|ATTACHE_QUEUES)", name)) } == {
      ATTACHE_QUEUES_UNDELIVERED                                      = "staging-deliveries-undelivered"
      SPRING_CLOUD_STREAM_BINDINGS_ATTACHMENTREQUESTSIN0_DESTINATION  = "staging-attachment-requests"
      SPRING_CLOUD_STREAM_BINDINGS_ATTACHMENTREQUESTSOUT0_DESTINATION = "staging-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_REQUESTPARTSIN0_DESTINATION        = "staging-request-parts"
      SPRING_CLOUD_STREAM_BINDINGS_REQUESTPARTSOUT0_DESTINATION       = "staging-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_PURCHASESIN0_DESTINATION           = "staging-purchases-completed"
      SPRING_CLOUD_STREAM_BINDINGS_PURCHASESOUT0_DESTINATION          = "staging-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_CREATEDOBJECTSIN0_DESTINATION      = "staging-objects-created"
      SPRING_CLOUD_STREAM_BINDINGS_CREATEDOBJECTSOUT0_DESTINATION     = "staging-attachment-events"
      SPRING_CLOUD_STREAM_BINDINGS_EMAILDELIVERYIN0_DESTINATION       = "staging-email-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_NEWSLETTERDELIVERYIN0_DESTINATION  = "staging-newsletter-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_DELIVERIES_DESTINATION             = "staging-deliveries"
      SPRING_CLOUD_STREAM_BINDINGS_ATTACHMENTEVENTS_DESTINATION       = "staging-attachment-events"
      SPRING_CLOUD_STREAM_BINDINGS_PARTS_DESTINATION                  = "queue:staging-request-parts"
    }
    error_message = "A binding has no destination, or another."
  }
}
