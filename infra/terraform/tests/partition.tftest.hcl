# China has another partition and other domains.
mock_provider "aws" {
  source = "./tests/aws"

  override_data {
    target = data.aws_partition.this
    values = { partition = "aws-cn", dns_suffix = "amazonaws.com.cn" }
  }
  override_data {
    target = data.aws_region.this
    values = { id = "cn-north-1", name = "cn-north-1" }
  }
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com", transport = "ses", ses = {} }
  dead_letter_maximum_message_size = 262144
  kms                              = {}
  signing                          = "role"
  tag_uploads                      = true
  senders                          = { attachment-requests = { principals = ["444455556666"] } }
  subscribers                      = { attachment-events = ["444455556666"] }
}

run "every_arn_is_of_the_partition" {
  command = plan

  assert {
    condition = !strcontains(jsonencode(concat(
      [for it in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered), values(aws_sns_topic.this)) : it.policy],
      [for it in aws_sqs_queue.dead_letters : it.redrive_allow_policy],
      [for it in aws_iam_role.this : it.assume_role_policy],
      [aws_s3_bucket_policy.this[0].policy, aws_kms_key.this[0].policy],
      [for name, it in output.policies : it if name != "kms"],
      [output.bucket.arn, output.mail.identity_arn]
    )), "arn:aws:")
    error_message = "An ARN is of the partition aws."
  }
  assert {
    condition = alltrue([
      startswith(jsondecode(aws_sqs_queue.this["objects-created"].policy).Statement[1].Condition.ArnEquals["aws:SourceArn"], "arn:aws-cn:s3:::attache-example"),
      jsondecode(aws_sqs_queue.this["attachment-requests"].policy).Statement[1].Principal.AWS == ["arn:aws-cn:iam::444455556666:root"],
    ])
    error_message = "A policy names the bucket or an account of another partition."
  }
  assert {
    condition     = output.bucket.regional_domain_name == "attache-example.s3.cn-north-1.amazonaws.com.cn"
    error_message = "The bucket has another domain."
  }
  assert {
    condition     = one([for it in jsondecode(aws_kms_key.this[0].policy).Statement : it.Condition.StringEquals["kms:ViaService"] if it.Sid == "attache-senders"]) == "sqs.cn-north-1.amazonaws.com.cn"
    error_message = "Senders may use the key through a service of another partition."
  }
}
