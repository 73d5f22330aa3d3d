output "bucket" {
  description = "The bucket: `name`, `arn`, `url` and `regional_domain_name`."
  value = {
    name                 = var.bucket_name
    arn                  = local.bucket_arn
    url                  = "s3://${var.bucket_name}"
    regional_domain_name = "${var.bucket_name}.s3.${local.region}.${data.aws_partition.this.dns_suffix}"
  }
}

output "queues" {
  description = "The queues that the worker receives from, by their name in topology.yaml: `name`, `arn` and `url`."
  value = { for key in keys(local.topology.queues) : key => {
    name = "${var.name_prefix}${key}"
    arn  = local.queue_arn[key]
    url  = "https://sqs.${local.region}.${data.aws_partition.this.dns_suffix}/${local.account}/${var.name_prefix}${key}"
  } }
}

output "dead_letter_queues" {
  description = "The dead-letter queues by the name of their queue in topology.yaml, and the queues of messages that SNS could not deliver by their own: `name`, `arn` and `url`."
  value = { for key in concat(keys(local.topology.queues), local.undelivered_names) : key => {
    name = contains(local.undelivered_names, key) ? "${var.name_prefix}${key}" : "${var.name_prefix}${key}-dlq"
    arn  = contains(local.undelivered_names, key) ? local.queue_arn[key] : local.queue_arn["${key}-dlq"]
    url  = ""
  } }
}

output "topics" {
  description = "The topics by their name in topology.yaml: `name`, `arn`, and `url`, which SNS does not have and which is the ARN."
  value = { for key in keys(local.topology.topics) : key => {
    name = "${var.name_prefix}${key}"
    arn  = local.topic_arn[key]
    url  = local.topic_arn[key]
  } }
}

output "kms_key_arn" {
  description = "The KMS key of bucket, queues and topics, or null."
  value       = null
}

output "kms_key_policy" {
  description = "The statements that let S3, SNS and senders use the key, as JSON; for the policy of a key that this module does not create. Null without `kms`."
  value       = null
}

output "bucket_configuration" {
  description = "The settings of a bucket that this module does not manage, as JSON in the form of the S3 API: `policy`, `cors`, `lifecycle`, `notification`."
  value       = {}
}

output "policies" {
  description = "IAM policies as JSON, by name: `worker`, `pages`, `console`, `signer`, `assume-signer`, `mail-ses`, `kms`, `tags`, `upstream`, `subscriber`; those of settings that are not used are missing."
  value       = {}
}

output "role_arns" {
  description = "IAM roles by name: those in `roles` (`all`, `worker`, `pages`, `console`), and `signer` with `signing = \"role\"`."
  value       = { for role in var.roles : role => "arn:${local.partition}:iam::${local.account}:role/${role}" }
}

output "environment" {
  description = "Environment variables of the process, by name. None is secret."
  value       = { ATTACHE_BUCKET = var.bucket_name, AWS_REGION = local.region }
}

output "secrets" {
  description = "Environment variables of the process whose values are secret: by name, an ARN in the form of ECS's `valueFrom`."
  value       = var.secrets
}

output "worker_secrets" {
  description = "As `secrets`, for processes with the role worker only: with `signing = \"user\"` the access key of the signing user."
  value       = {}
}

output "signing_user" {
  description = "With `signing = \"user\"`: `name` of the IAM user, and `secret_arn` of the secret for its access key, a JSON object with `access_key_id` and `secret_access_key`. Otherwise null."
  value       = null
}

output "mail" {
  description = "Amazon SES: `identity`, `identity_arn` and `configuration_set`; null without `mail.ses`."
  value       = null
}

output "dns_records" {
  description = "The DNS records that `mail.ses` needs, a list of `name`, `type` and `value`. They exist already with `mail.ses.zone_id`."
  value       = []
}

output "name_prefix" {
  description = "The beginning of the names of queues and topics."
  value       = var.name_prefix
}
