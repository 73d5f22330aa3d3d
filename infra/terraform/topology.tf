data "aws_partition" "this" {}

data "aws_region" "this" {}

data "aws_caller_identity" "this" {}

locals {
  # The definition of queues, topics, subscriptions and rules. Tests compare application.yaml and setup.sh with it.
  topology = yamldecode(file("${path.module}/../topology.yaml"))

  partition = data.aws_partition.this.partition
  # The attribute `name` is deprecated in version 6 of the provider.
  region  = data.aws_region.this.id
  account = data.aws_caller_identity.this.account_id

  undelivered_names = distinct(flatten([
    for topic in values(local.topology.topics) : [for it in try(topic.subscriptions, []) : it.undelivered]
  ]))

  # ARNs are computed, because policies of queues name topics and dead-letter queues name their queues, and the other way round.
  sqs_arn   = "arn:${local.partition}:sqs:${local.region}:${local.account}:${var.name_prefix}"
  sns_arn   = "arn:${local.partition}:sns:${local.region}:${local.account}:${var.name_prefix}"
  queue_arn = { for name in concat(keys(local.topology.queues), [for it in keys(local.topology.queues) : "${it}-dlq"], local.undelivered_names) : name => "${local.sqs_arn}${name}" }
  topic_arn = { for name in keys(local.topology.topics) : name => "${local.sns_arn}${name}" }

  bucket_arn = "arn:${local.partition}:s3:::${var.bucket_name}"

  origin = regex("^https?://[^/?#]+", var.pages_url)
}
