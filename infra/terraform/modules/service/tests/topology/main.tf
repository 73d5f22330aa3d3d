# The queues as the root module's outputs have them, from the definition of the topology.
locals {
  topology = yamldecode(file("${path.module}/../../../../../topology.yaml"))
}

output "queues" {
  value = { for name in keys(local.topology.queues) : name => { name = name } }
}

