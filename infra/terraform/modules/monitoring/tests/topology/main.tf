# The queues as the root module's outputs have them, from the definition of the topology.
locals {
  topology    = yamldecode(file("${path.module}/../../../../../topology.yaml"))
  undelivered = distinct(flatten([for topic in values(local.topology.topics) : [for it in try(topic.subscriptions, []) : it.undelivered]]))
}

output "queues" {
  value = { for name in keys(local.topology.queues) : name => { name = "staging-${name}" } }
}

output "dead_letter_queues" {
  value = merge(
    { for name in keys(local.topology.queues) : name => { name = "staging-${name}-dlq" } },
    { for name in local.undelivered : name => { name = "staging-${name}" } }
  )
}

output "undelivered" {
  value = local.undelivered
}
