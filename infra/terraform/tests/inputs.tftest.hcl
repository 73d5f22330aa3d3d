mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

# The names of the runs say what is refused.
run "a_bucket_name_without_a_host_name" {
  command = plan

  variables {
    bucket_name = "Attache.example"
  }

  expect_failures = [var.bucket_name]
}

run "pages_without_tls" {
  command = plan

  variables {
    pages_url = "http://links.example.com"
  }

  expect_failures = [var.pages_url]
}

run "a_pages_url_with_a_query" {
  command = plan

  variables {
    pages_url = "https://links.example.com/?a=b"
  }

  expect_failures = [var.pages_url]
}

run "an_origin_with_a_path" {
  command = plan

  variables {
    cors_origins = ["https://crm.example.com/path"]
  }

  expect_failures = [var.cors_origins]
}

run "every_origin" {
  command = plan

  variables {
    cors_origins = ["*"]
  }

  expect_failures = [var.cors_origins]
}

run "uploads_that_are_deleted_at_once" {
  command = plan

  variables {
    uploads_days = 0
  }

  expect_failures = [var.uploads_days]
}

run "a_prefix_with_a_space" {
  command = plan

  variables {
    name_prefix = "a b"
  }

  expect_failures = [var.name_prefix]
}

run "a_new_bucket_without_settings" {
  command = plan

  variables {
    manage_bucket = false
  }

  expect_failures = [var.manage_bucket]
}

run "two_keys" {
  command = plan

  variables {
    kms = { create = true, key_arn = "arn:aws:kms:eu-central-1:111122223333:key/1" }
  }

  expect_failures = [var.kms]
}

run "no_key_at_all" {
  command = plan

  variables {
    kms = { create = false }
  }

  expect_failures = [var.kms]
}

run "an_alias_of_a_key" {
  command = plan

  variables {
    kms = { create = false, key_arn = "alias/attache" }
  }

  expect_failures = [var.kms]
}

run "senders_to_a_queue_of_the_worker" {
  command = plan

  variables {
    senders = { request-parts = { principals = ["444455556666"] } }
  }

  expect_failures = [var.senders]
}

run "everybody_as_sender" {
  command = plan

  variables {
    senders = { attachment-requests = { principals = ["*"] } }
  }

  expect_failures = [var.senders]
}

run "a_source_without_an_account" {
  command = plan

  variables {
    senders = { attachment-requests = { sources = [{ service = "events.amazonaws.com", arn = "arn:aws:s3:::bucket" }] } }
  }

  expect_failures = [var.senders]
}

run "subscribers_of_an_unknown_topic" {
  command = plan

  variables {
    subscribers = { events = ["444455556666"] }
  }

  expect_failures = [var.subscribers]
}

run "everybody_as_subscriber" {
  command = plan

  variables {
    subscribers = { attachment-events = ["*"] }
  }

  expect_failures = [var.subscribers]
}

run "dead_letters_that_are_smaller_than_messages" {
  command = plan

  variables {
    dead_letter_maximum_message_size = 1024
  }

  expect_failures = [var.dead_letter_maximum_message_size]
}

run "an_unknown_role" {
  command = plan

  variables {
    roles = ["admin"]
  }

  expect_failures = [var.roles]
}

run "statements_for_an_unknown_role" {
  command = plan

  variables {
    policy_statements = { admin = [] }
  }

  expect_failures = [var.policy_statements]
}

run "a_provider_that_is_a_role" {
  command = plan

  variables {
    role_trust = { irsa = { provider_arn = "arn:aws:iam::111122223333:role/x", service_accounts = {} } }
  }

  expect_failures = [var.role_trust]
}

run "a_cluster_without_an_arn" {
  command = plan

  variables {
    role_trust = { pod_identity = { cluster_arn = "files", service_accounts = {} } }
  }

  expect_failures = [var.role_trust]
}

run "every_service_account" {
  command = plan

  variables {
    role_trust = { pod_identity = { cluster_arn = "arn:aws:eks:eu-central-1:111122223333:cluster/files", service_accounts = { all = ["files:*"] } } }
  }

  expect_failures = [var.role_trust]
}

run "an_unknown_signer" {
  command = plan

  variables {
    signing = "key"
  }

  expect_failures = [var.signing]
}

run "a_session_that_is_too_short" {
  command = plan

  variables {
    signing_session = 60
  }

  expect_failures = [var.signing_session]
}

run "a_sender_without_an_address" {
  command = plan

  variables {
    mail = { from = "example.com" }
  }

  expect_failures = [var.mail]
}

run "an_unknown_transport" {
  command = plan

  variables {
    mail = { from = "files@example.com", transport = "pigeon" }
  }

  expect_failures = [var.mail]
}

run "a_password_in_the_configuration" {
  command = plan

  variables {
    secrets = { SPRING_MAIL_PASSWORD = "secret" }
  }

  expect_failures = [var.secrets]
}
