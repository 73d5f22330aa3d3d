output "bucket" {
  description = "The bucket: `name`, `arn`, `url` and `regional_domain_name`."
  value       = module.attache.bucket
}

output "queues" {
  description = "The queues that the worker receives from: `name`, `arn` and `url`."
  value       = module.attache.queues
}

output "dead_letter_queues" {
  description = "The dead-letter queues, and the queue of messages that SNS could not deliver."
  value       = module.attache.dead_letter_queues
}

output "topics" {
  description = "The topics: `name` and `arn`."
  value       = module.attache.topics
}

output "role_arns" {
  description = "The roles in IAM."
  value       = module.attache.role_arns
}

output "environment" {
  description = "Environment variables of Attaché, which is started with nothing else."
  value       = module.attache.environment
}
