mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  create_bucket                    = false
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "the_settings_of_an_existing_bucket_stay" {
  assert {
    condition = length(concat(
      aws_s3_bucket.this, aws_s3_bucket_policy.this, aws_s3_bucket_public_access_block.this, aws_s3_bucket_ownership_controls.this,
      aws_s3_bucket_versioning.this, aws_s3_bucket_server_side_encryption_configuration.this,
      aws_s3_bucket_lifecycle_configuration.this, aws_s3_bucket_cors_configuration.this, aws_s3_bucket_notification.this
    )) == 0
    error_message = "A setting of the existing bucket would be replaced."
  }
  assert {
    condition     = output.bucket.name == "attache-example" && output.environment["ATTACHE_BUCKET"] == "attache-example"
    error_message = "The process would use another bucket."
  }
}

run "its_owner_is_told_what_to_set" {
  command = plan

  assert {
    condition     = jsondecode(output.bucket_configuration.policy).Statement[0].Sid == "attache-tls"
    error_message = "The policy is missing."
  }
  assert {
    condition     = [for it in jsondecode(output.bucket_configuration.cors).CORSRules : it.AllowedOrigins] == [["https://links.example.com"]]
    error_message = "The CORS rule is missing."
  }
  assert {
    condition     = [for it in jsondecode(output.bucket_configuration.lifecycle).Rules : [it.ID, it.Filter.Prefix]] == [for it in local.topology.bucket.lifecycle : [it.id, it.prefix]]
    error_message = "The lifecycle rules are missing."
  }
  assert {
    condition     = [for it in jsondecode(output.bucket_configuration.notification).QueueConfigurations : it.QueueArn] == ["arn:aws:sqs:eu-central-1:111122223333:objects-created"]
    error_message = "The notification is missing."
  }
}

run "an_existing_bucket_can_be_managed" {
  variables {
    manage_bucket = true
  }

  assert {
    condition = alltrue([
      length(aws_s3_bucket.this) == 0,
      length(aws_s3_bucket_policy.this) == 1,
      length(aws_s3_bucket_lifecycle_configuration.this) == 1,
    ])
    error_message = "The bucket's settings are not managed."
  }
}

run "a_bucket_in_another_region_is_an_error" {
  command = plan

  override_data {
    target = data.aws_s3_bucket.existing
    values = { id = "attache-example", region = "us-east-1" }
  }

  expect_failures = [data.aws_s3_bucket.existing]
}
