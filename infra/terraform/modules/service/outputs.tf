output "cluster" {
  description = "The cluster: `name` and `arn`."
  value       = { name = local.cluster_name, arn = local.cluster_arn }
}

output "services" {
  description = "The ECS services: by the name in `services`, `cluster_name`, `service_name` and `task_definition_arn`. Empty without an image."
  value = { for name in keys(local.services) : name => {
    cluster_name        = local.cluster_name
    service_name        = aws_ecs_service.this[name].name
    task_definition_arn = aws_ecs_task_definition.this[name].arn
  } }
}

output "load_balancer" {
  description = "The load balancer of the pages: `arn`, `arn_suffix`, `dns_name`, `zone_id` and `security_group_id`; null without one."
  value = var.load_balancer == null ? null : {
    arn               = aws_lb.this[0].arn
    arn_suffix        = aws_lb.this[0].arn_suffix
    dns_name          = aws_lb.this[0].dns_name
    zone_id           = aws_lb.this[0].zone_id
    security_group_id = aws_security_group.load_balancer[0].id
  }
}

output "security_group_ids" {
  description = "The security groups of the tasks, by the name in `services`."
  value       = { for name, it in aws_security_group.task : name => it.id }
}

output "log_group" {
  description = "The log group of all services: `name` and `arn`."
  value       = { name = aws_cloudwatch_log_group.this.name, arn = aws_cloudwatch_log_group.this.arn }
}

output "execution_role_arn" {
  description = "The role with which ECS starts tasks."
  value       = aws_iam_role.execution.arn
}
