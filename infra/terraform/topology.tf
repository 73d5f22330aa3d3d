data "aws_partition" "this" {}

data "aws_region" "this" {}

data "aws_caller_identity" "this" {}

locals {
  # The definition of queues, topics, subscriptions and rules, with which tests also compare application.yaml and setup.sh.
  topology = yamldecode(file("${path.module}/../topology.yaml"))

  partition  = data.aws_partition.this.partition
  dns_suffix = data.aws_partition.this.dns_suffix
  # Version 6 of the provider deprecates the attribute `name`.
  region  = data.aws_region.this.id
  account = data.aws_caller_identity.this.account_id

  queue_names = keys(local.topology.queues)
  # One entry for each subscription of a topic to a queue.
  subscriptions = merge([for topic, its in local.topology.topics : {
    for it in try(its.subscriptions, []) : it.queue => merge(it, { topic = topic })
  }]...)
  undelivered_names = distinct([for it in values(local.subscriptions) : it.undelivered])

  # ARNs are computed: a queue names its dead-letter queue, which names the queue, and policies name both ends.
  sqs_arn = "arn:${local.partition}:sqs:${local.region}:${local.account}:${var.name_prefix}"
  sns_arn = "arn:${local.partition}:sns:${local.region}:${local.account}:${var.name_prefix}"
  queue_arns = { for name in concat(local.queue_names, [for it in local.queue_names : "${it}-dlq"], local.undelivered_names) :
    name => "${local.sqs_arn}${name}"
  }
  topic_arns = { for name in keys(local.topology.topics) : name => "${local.sns_arn}${name}" }
  bucket_arn = "arn:${local.partition}:s3:::${var.bucket_name}"
}
