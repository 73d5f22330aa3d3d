output "bucket" {
  description = "The bucket of attachments and ledger."
  value       = module.attache.bucket.name
}

output "repository_url" {
  description = "Where to push the image."
  value       = aws_ecr_repository.this.repository_url
}

output "queue_urls" {
  description = "The queues, by name."
  value       = { for name, it in module.attache.queues : name => it.url }
}

output "topic_arns" {
  description = "The topics, by name."
  value       = { for name, it in module.attache.topics : name => it.arn }
}

output "pages_url" {
  description = "Where people open the pages; null without domain_name."
  value       = var.domain_name == null ? null : local.pages_url
}

output "load_balancer_dns_name" {
  description = "What a CNAME record of domain_name must lead to, unless zone_id is given."
  value       = try(module.service.load_balancer.dns_name, null)
}

output "dns_records" {
  description = "The records that Amazon SES needs, unless zone_id is given."
  value       = module.attache.dns_records
}

output "cluster" {
  description = "The ECS cluster."
  value       = module.service.cluster.name
}

output "services" {
  description = "The ECS services, by name; none without an image."
  value       = { for name, it in module.service.services : name => it.service_name }
}

output "log_group" {
  description = "The log group of the services."
  value       = module.service.log_group.name
}

output "operator_secret_arn" {
  description = "The secret with the operator's passwords."
  value       = local.operator_secret_arn
}

output "dashboard" {
  description = "The dashboard in CloudWatch."
  value       = module.monitoring.dashboard_name
}
