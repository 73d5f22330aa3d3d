mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "without_a_key_sqs_encrypts_with_its_own" {
  command = plan

  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered)) :
      it.sqs_managed_sse_enabled && it.kms_master_key_id == null
    ])
    error_message = "A queue is not encrypted."
  }
  assert {
    condition = alltrue([
      length(aws_kms_key.this) == 0,
      output.kms_key_arn == null,
      output.kms_key_policy == null,
      !contains(keys(output.policies), "kms"),
    ])
    error_message = "There is a key that nobody asked for."
  }
}

run "a_created_key_encrypts_bucket_queues_and_topics" {
  variables {
    kms = {}
  }

  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered), values(aws_sns_topic.this)) :
      it.kms_master_key_id == "arn:aws:kms:eu-central-1:111122223333:key/11112222-3333-4444-5555-666677778888"
    ])
    error_message = "A queue or topic does not use the key."
  }
  assert {
    condition     = alltrue([for it in aws_sqs_queue.this : it.kms_data_key_reuse_period_seconds == 300])
    error_message = "A queue uses its data keys for another time than five minutes."
  }
  assert {
    condition = alltrue([
      one(one(aws_s3_bucket_server_side_encryption_configuration.this[0].rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms",
      one(aws_s3_bucket_server_side_encryption_configuration.this[0].rule).bucket_key_enabled,
    ])
    error_message = "The bucket does not use the key, or no bucket key."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this[0].rule).apply_server_side_encryption_by_default).kms_master_key_id == output.kms_key_arn
    error_message = "The bucket uses another key."
  }
  assert {
    condition = alltrue([
      aws_kms_key.this[0].enable_key_rotation,
      aws_kms_key.this[0].deletion_window_in_days == 30,
      aws_kms_alias.this[0].name == "alias/attache",
    ])
    error_message = "The key is not rotated, cannot be restored for 30 days, or has another alias."
  }
  assert {
    condition = { for role in ["worker", "pages", "console"] : role => contains(keys(local.attachments), "${role} kms") } == {
      worker = true, pages = true, console = true
    }
    error_message = "A role may not use the key."
  }
  assert {
    condition     = jsondecode(output.policies["kms"]).Statement[0].Resource == output.kms_key_arn
    error_message = "The policy allows other keys."
  }
}

run "the_keys_policy_lets_s3_and_sns_deliver_and_iam_decide" {
  command = plan

  variables {
    kms = {}
  }

  assert {
    condition = [for it in jsondecode(aws_kms_key.this[0].policy).Statement : it if can(it.Principal.Service)] == [for service in ["s3", "sns"] : {
      Sid       = "attache-${service}-111122223333"
      Effect    = "Allow"
      Principal = { Service = "${service}.amazonaws.com" }
      Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource  = "*"
      Condition = { StringEqualsIfExists = { "aws:SourceAccount" = "111122223333" } }
    }]
    error_message = "S3 or SNS may not use the key for what they deliver."
  }
  assert {
    condition     = [for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Sid] == ["attache-iam", "attache-administration", "attache-s3-111122223333", "attache-sns-111122223333"]
    error_message = "The key's policy has other statements."
  }
  assert {
    condition = alltrue([
      !strcontains(aws_kms_key.this[0].policy, "kms:*"),
      jsondecode(aws_kms_key.this[0].policy).Statement[1].Principal == { AWS = ["arn:aws:iam::111122223333:root"] },
    ])
    error_message = "Not the account's IAM policies decide who manages the key."
  }
}

run "senders_of_other_accounts_and_services_may_use_the_key" {
  command = plan

  variables {
    kms = {}
    senders = {
      attachment-requests = { principals = ["444455556666"] }
      purchases-completed = { sources = [
        { service = "events.amazonaws.com", arn = "arn:aws:events:eu-central-1:777788889999:rule/purchases" },
        { service = "sns.amazonaws.com", arn = "arn:aws:sns:eu-central-1:111122223333:purchases" },
      ] }
    }
  }

  assert {
    condition     = [for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Principal if it.Sid == "attache-senders"] == [{ AWS = ["arn:aws:iam::444455556666:root"] }]
    error_message = "The account may not use the key."
  }
  assert {
    condition     = one([for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Condition.StringEquals["kms:ViaService"] if it.Sid == "attache-senders"]) == "sqs.eu-central-1.amazonaws.com"
    error_message = "The account may use the key for other things than sending to queues."
  }
  assert {
    condition     = [for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Sid if can(it.Principal.Service)] == ["attache-s3-111122223333", "attache-sns-111122223333", "attache-events-777788889999"]
    error_message = "EventBridge may not use the key, or SNS is named twice."
  }
}

run "administrators_replace_the_account" {
  command = plan

  variables {
    kms = { administrators = ["arn:aws:iam::111122223333:role/security"], deletion_window_in_days = 7 }
  }

  assert {
    condition     = one([for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Principal.AWS if it.Sid == "attache-administration"]) == ["arn:aws:iam::111122223333:role/security"]
    error_message = "Others than the administrators may manage the key."
  }
}

run "an_existing_key_is_used_and_its_owner_is_told_the_statements" {
  command = plan

  variables {
    kms = { create = false, key_arn = "arn:aws:kms:eu-central-1:444455556666:key/99998888-7777-6666-5555-444433332222" }
  }

  assert {
    condition = alltrue([
      length(aws_kms_key.this) == 0,
      length(aws_kms_alias.this) == 0,
      output.kms_key_arn == "arn:aws:kms:eu-central-1:444455556666:key/99998888-7777-6666-5555-444433332222",
    ])
    error_message = "Another key is used."
  }
  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.this), values(aws_sns_topic.this)) :
      it.kms_master_key_id == "arn:aws:kms:eu-central-1:444455556666:key/99998888-7777-6666-5555-444433332222"
    ])
    error_message = "A queue or topic does not use the key."
  }
  assert {
    condition     = [for it in jsondecode(output.kms_key_policy).Statement : it.Sid] == ["attache-s3-111122223333", "attache-sns-111122223333"]
    error_message = "The statements for the key's policy are missing."
  }
}
