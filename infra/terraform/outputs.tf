output "bucket" {
  description = "The bucket: `name`, `arn`, `url` and `regional_domain_name`."
  value = {
    name                 = local.bucket
    arn                  = local.bucket_arn
    url                  = "s3://${local.bucket}"
    regional_domain_name = "${var.bucket_name}.s3.${local.region}.${local.dns_suffix}"
  }
}

output "queues" {
  description = "The queues that the worker receives from, by their name in topology.yaml: `name`, `arn` and `url`."
  value       = { for key, it in aws_sqs_queue.this : key => { name = it.name, arn = it.arn, url = it.url } }
}

output "dead_letter_queues" {
  description = "The dead-letter queues by the name of their queue in topology.yaml, and the queue of messages that SNS could not deliver, `deliveries-undelivered`: `name`, `arn` and `url`."
  value = { for key, it in merge(aws_sqs_queue.dead_letters, aws_sqs_queue.undelivered) :
    key => { name = it.name, arn = it.arn, url = it.url }
  }
}

output "topics" {
  description = "The topics by their name in topology.yaml: `name`, `arn`, and `url`, which is the ARN because topics have no URL."
  value       = { for key, it in aws_sns_topic.this : key => { name = it.name, arn = it.arn, url = it.arn } }
}

output "kms_key_arn" {
  description = "The KMS key of bucket, queues and topics, or null."
  value       = local.key_arn
}

output "kms_key_policy" {
  description = "The statements that let S3, SNS and senders use the key, as JSON; for the policy of a key that this module does not create. Null without `kms`."
  value       = var.kms == null ? null : jsonencode({ Version = "2012-10-17", Statement = local.key_statements })
}

output "bucket_configuration" {
  description = "The bucket's settings as JSON in the form of the S3 API: `policy`, `cors`, `lifecycle` and `notification`; for a bucket whose settings this module does not manage."
  value = {
    policy = jsonencode(local.bucket_policy)
    cors = jsonencode({ CORSRules = [{
      ID             = local.topology.bucket.cors.id
      AllowedOrigins = local.origins
      AllowedMethods = local.topology.bucket.cors.allowedMethods
      AllowedHeaders = local.topology.bucket.cors.allowedHeaders
      ExposeHeaders  = local.topology.bucket.cors.exposeHeaders
      MaxAgeSeconds  = local.topology.bucket.cors.maxAge
    }] })
    lifecycle = jsonencode({ Rules = [for it in local.lifecycle_rules : merge(
      { ID = it.id, Status = "Enabled", Filter = { Prefix = it.prefix } },
      it.expirationDays == null ? {} : { Expiration = { Days = it.expirationDays } },
      it.expiredObjectDeleteMarker == null ? {} : { Expiration = { ExpiredObjectDeleteMarker = it.expiredObjectDeleteMarker } },
      it.noncurrentVersionExpirationDays == null ? {} : {
        NoncurrentVersionExpiration = { NoncurrentDays = it.noncurrentVersionExpirationDays }
      },
      it.abortIncompleteMultipartUploadDays == null ? {} : {
        AbortIncompleteMultipartUpload = { DaysAfterInitiation = it.abortIncompleteMultipartUploadDays }
      }
    )] })
    notification = jsonencode({ QueueConfigurations = [for it in local.topology.bucket.notifications : {
      Id       = "attache-${it.queue}"
      QueueArn = local.queue_arns[it.queue]
      Events   = it.events
      Filter   = { Key = { FilterRules = [{ Name = "prefix", Value = it.prefix }] } }
    }] })
  }
}

output "policies" {
  description = "IAM policies as JSON, by name: `worker`, `pages`, `console`, `signer`, `upstream`, `subscriber`, and those of settings that are used: `assume-signer`, `mail-ses`, `kms`, `tags`."
  value       = local.policies
}

output "role_arns" {
  description = "IAM roles by name: those in `roles` (`all`, `worker`, `pages`, `console`), and `signer` with `signing = \"role\"`."
  value = merge(
    { for role, it in aws_iam_role.this : role => it.arn },
    { for it in aws_iam_role.signer : "signer" => it.arn }
  )
}

output "environment" {
  description = "Environment variables of the process. None is secret."
  value       = local.environment
}

output "secrets" {
  description = "Environment variables of the process whose values are secret: by name, an ARN in the form of ECS's `valueFrom`."
  value       = var.secrets
}

output "worker_secrets" {
  description = "As `secrets`, for processes with the role worker only: with `signing = \"user\"` the access key of the signing user."
  value = { for name, field in { AWS_ACCESS_KEY_ID = "access_key_id", AWS_SECRET_ACCESS_KEY = "secret_access_key" } :
    name => "${aws_secretsmanager_secret.signer[0].arn}:${field}::" if var.create_roles && var.signing == "user"
  }
}

output "signing_user" {
  description = "With `signing = \"user\"`: `name` of the IAM user, and `secret_arn` of the secret for its access key, a JSON object with `access_key_id` and `secret_access_key`. Otherwise null."
  value = one([for it in aws_iam_user.signer : {
    name       = it.name
    secret_arn = one(aws_secretsmanager_secret.signer[*].arn)
  }])
}

output "mail" {
  description = "Amazon SES: `identity`, `identity_arn` and `configuration_set`; null without `mail.ses`."
  value = local.ses == null ? null : {
    identity          = local.mail_domain
    identity_arn      = local.identity_arn
    configuration_set = aws_sesv2_configuration_set.this[0].configuration_set_name
  }
}

output "dns_records" {
  description = "The DNS records that `mail.ses` needs, a list of `name`, `type` and `value`. They exist already with `mail.ses.zone_id`."
  value       = local.dns_records
}

output "name_prefix" {
  description = "The beginning of the names of queues and topics."
  value       = var.name_prefix
}
