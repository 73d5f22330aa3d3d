mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "a_user_has_what_a_process_needs_and_its_key_is_no_part_of_the_state" {
  variables {
    signing = "user"
  }

  assert {
    condition = alltrue([
      toset(keys(aws_iam_user_policy_attachment.signer)) == toset(["worker", "pages", "console", "signer"]),
      aws_iam_user.signer[0].name == "attache-signer",
    ])
    error_message = "The user has other policies than a process with all roles needs."
  }
  assert {
    condition = output.worker_secrets == {
      AWS_ACCESS_KEY_ID     = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:attache-signer-AbCdEf:access_key_id::"
      AWS_SECRET_ACCESS_KEY = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:attache-signer-AbCdEf:secret_access_key::"
    }
    error_message = "The process does not get the user's access key."
  }
  assert {
    condition     = output.signing_user == { name = "attache-signer", secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:attache-signer-AbCdEf" }
    error_message = "The output does not say where the access key belongs."
  }
  assert {
    condition     = endswith(output.environment["ATTACHE_AUDIENCE_SENDER_IDS"], ",${aws_iam_user.signer[0].unique_id}")
    error_message = "Sources that are pinned to senders refuse what the user sends."
  }
  assert {
    condition = alltrue([
      aws_iam_user.signer[0].force_destroy,
      aws_secretsmanager_secret.signer[0].recovery_window_in_days == 30,
    ])
    error_message = "The user's key keeps it from being destroyed, or the secret cannot be restored."
  }
}

run "a_user_of_a_worker_alone_has_the_workers_policies" {
  variables {
    signing     = "user"
    roles       = ["worker", "pages"]
    tag_uploads = true
    kms         = {}
  }

  assert {
    condition     = toset(keys(aws_iam_user_policy_attachment.signer)) == toset(["worker", "signer", "tags", "kms"])
    error_message = "The user has other policies than a worker needs."
  }
}

# IAM and STS quotas: ten managed policies for a user.
run "with_all_settings_the_user_has_no_more_policies_than_iam_allows" {
  variables {
    signing     = "user"
    kms         = {}
    tag_uploads = true
    mail        = { from = "files@example.com", transport = "ses" }
    policy_statements = { for role in ["worker", "pages", "console", "signer"] :
      role => [{ Sid = role, Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${role}/*" }]
    }
  }

  assert {
    condition     = toset(keys(aws_iam_user_policy_attachment.signer)) == toset(["worker", "pages", "console", "signer", "tags", "mail-ses", "kms", "all-additional"])
    error_message = "The user has more or other policies than a process with all roles needs: it may have ten."
  }
}

run "a_user_without_a_role_of_the_worker_has_the_workers_further_statements" {
  variables {
    signing = "user"
    roles   = ["pages"]
    policy_statements = {
      worker = [{ Sid = "ReadInvoices", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::invoices/*" }]
    }
  }

  assert {
    condition     = toset(keys(aws_iam_user_policy_attachment.signer)) == toset(["worker", "signer", "worker-additional"])
    error_message = "The user has other policies than a worker needs."
  }
  assert {
    condition     = jsondecode(aws_iam_policy.this["worker-additional"].policy).Statement[*].Sid == ["ReadInvoices"] && !contains(keys(local.attachments), "pages worker-additional")
    error_message = "The statement is missing, or the pages have it."
  }
}
