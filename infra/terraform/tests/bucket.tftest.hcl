mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "a_new_bucket_is_private_versioned_encrypted_and_owned" {
  assert {
    condition     = aws_s3_bucket.this[0].bucket == "attache-example" && !aws_s3_bucket.this[0].force_destroy
    error_message = "The bucket has another name, or terraform destroy deletes its objects."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this[0].block_public_acls,
      aws_s3_bucket_public_access_block.this[0].ignore_public_acls,
      aws_s3_bucket_public_access_block.this[0].block_public_policy,
      aws_s3_bucket_public_access_block.this[0].restrict_public_buckets,
    ])
    error_message = "Public access is not blocked."
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.this[0].rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Objects may belong to other accounts."
  }
  assert {
    condition     = aws_s3_bucket_versioning.this[0].versioning_configuration[0].status == "Enabled"
    error_message = "The bucket keeps no versions."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this[0].rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket is not encrypted with AES256."
  }
}

run "the_bucket_refuses_requests_without_tls" {
  command = plan

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement == [{
      Sid       = "attache-tls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::attache-example", "arn:aws:s3:::attache-example/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "The bucket accepts requests without TLS, or allows something."
  }
}

run "lifecycle_rules_are_those_of_the_definition_and_uploads_stay" {
  command = plan

  assert {
    condition = jsonencode([for it in aws_s3_bucket_lifecycle_configuration.this[0].rule : {
      id         = it.id
      status     = it.status
      prefix     = it.filter[0].prefix
      days       = try(it.expiration[0].days, null)
      noncurrent = try(it.noncurrent_version_expiration[0].noncurrent_days, null)
      abort      = try(it.abort_incomplete_multipart_upload[0].days_after_initiation, null)
      }]) == jsonencode([
      { id = "attache-ledger", status = "Enabled", prefix = "ledger/", days = 108, noncurrent = 1, abort = null },
      { id = "attache-due", status = "Enabled", prefix = "ledger/due/", days = 97, noncurrent = 1, abort = null },
      { id = "attache-audit", status = "Enabled", prefix = "attache-audit/", days = 400, noncurrent = 1, abort = null },
      { id = "attache-multipart", status = "Enabled", prefix = "", days = null, noncurrent = null, abort = 7 },
      { id = "attache-versions", status = "Enabled", prefix = "", days = 0, noncurrent = 30, abort = null },
    ])
    error_message = "The lifecycle rules differ."
  }
  assert {
    condition     = one([for it in aws_s3_bucket_lifecycle_configuration.this[0].rule : it.expiration[0].expired_object_delete_marker if it.id == "attache-versions"])
    error_message = "Markers of deleted objects stay for ever."
  }
}

run "uploads_expire_if_asked_for" {
  command = plan

  variables {
    uploads_days = 90
  }

  assert {
    condition     = one([for it in aws_s3_bucket_lifecycle_configuration.this[0].rule : [it.filter[0].prefix, it.expiration[0].days, it.noncurrent_version_expiration[0].noncurrent_days] if it.id == "attache-uploads"]) == ["uploads/", 90, 1]
    error_message = "Files in uploads/ do not expire after the days that were asked for."
  }
}

run "browsers_may_upload_from_the_pages_and_further_origins" {
  command = plan

  variables {
    pages_url    = "https://links.example.com/attache/"
    cors_origins = ["https://crm.example.com"]
  }

  assert {
    condition = [for it in aws_s3_bucket_cors_configuration.this[0].cors_rule : {
      id      = it.id
      origins = it.allowed_origins
      methods = it.allowed_methods
      headers = it.allowed_headers
      expose  = it.expose_headers
      age     = it.max_age_seconds
      }] == [{
      id      = "attache-upload-page"
      origins = toset(["https://links.example.com", "https://crm.example.com"])
      methods = toset(["PUT", "POST"])
      headers = toset(local.topology.bucket.cors.allowedHeaders)
      expose  = toset(["ETag"])
      age     = 3600
    }]
    error_message = "The CORS rule differs."
  }
}

run "s3_notifies_the_queue_of_new_uploads" {
  assert {
    condition = [for it in aws_s3_bucket_notification.this[0].queue : [it.id, it.queue_arn, tolist(it.events)[0], length(it.events), it.filter_prefix]] == [
      ["attache-objects-created", aws_sqs_queue.this["objects-created"].arn, "s3:ObjectCreated:*", 1, "uploads/"]
    ]
    error_message = "S3 does not notify objects-created of new objects in uploads/."
  }
}

run "the_access_log_is_written_if_asked_for" {
  command = plan

  variables {
    access_log = { bucket = "logs-example" }
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_logging.this[0].target_bucket == "logs-example",
      aws_s3_bucket_logging.this[0].target_prefix == "attache/",
    ])
    error_message = "The access log is not written to the bucket of logs."
  }
}

run "further_statements_are_added_to_the_buckets_policy" {
  command = plan

  variables {
    bucket_policy_statements = [{ Sid = "Backup", Effect = "Allow", Principal = { AWS = "arn:aws:iam::444455556666:role/backup" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::attache-example/*" }]
  }

  assert {
    condition     = [for it in jsondecode(aws_s3_bucket_policy.this[0].policy).Statement : it.Sid] == ["attache-tls", "Backup"]
    error_message = "The statement is missing, or replaces that of the module."
  }
}
