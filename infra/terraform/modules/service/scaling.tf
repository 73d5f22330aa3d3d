locals {
  backlog = yamldecode(file("${path.module}/backlog.yaml"))

  workers = { for name, it in local.services : name => it if contains(it.roles, "worker") }
  # Without a worker there is no backlog. With the console alone there is no policy either.
  pages_only = { for name, it in local.services : name => it if contains(it.roles, "pages") && !contains(it.roles, "worker") }

  policies = merge([for name in keys(local.workers) : {
    for key, queue in var.queues : "${name}-${key}" => { service = name, queue = queue.name }
  }]...)
}

# A target sets the number of tasks to one within its limits, with or without a policy (Application Auto Scaling API Reference,
# "RegisterScalableTarget"). Nothing else does after a service was created, so each service needs a target.
resource "aws_appautoscaling_target" "this" {
  for_each = local.services

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${local.cluster_name}/${aws_ecs_service.this[each.key].name}"
  min_capacity       = each.value.min_tasks
  max_capacity       = each.value.max_tasks
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "backlog" {
  for_each = local.policies

  name               = "backlog-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.value.service].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[each.value.service].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[each.value.service].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.backlog_per_task
    scale_out_cooldown = var.scale_out_cooldown
    scale_in_cooldown  = var.scale_in_cooldown

    customized_metric_specification {
      dynamic "metrics" {
        for_each = local.backlog.metrics
        content {
          id          = metrics.key
          return_data = false
          metric_stat {
            stat = metrics.value.stat
            metric {
              namespace   = metrics.value.namespace == "Attache" ? var.metric_namespace : metrics.value.namespace
              metric_name = metrics.value.name
              dynamic "dimensions" {
                for_each = metrics.value.dimensions
                content {
                  name = dimensions.key
                  value = {
                    "{queue}"   = each.value.queue
                    "{cluster}" = local.cluster_name
                    "{service}" = local.service_names[each.value.service]
                  }[dimensions.value]
                }
              }
            }
          }
        }
      }
      metrics {
        id          = "backlog"
        label       = "Messages for each task, or the target while the input is paused or its gate is not open"
        expression  = replace(local.backlog.expression, "{target}", tostring(var.backlog_per_task))
        return_data = true
      }
    }
  }
}

resource "aws_appautoscaling_policy" "pages" {
  for_each = local.pages_only

  name               = "cpu-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.pages_cpu_percent
    scale_out_cooldown = var.scale_out_cooldown
    scale_in_cooldown  = var.scale_in_cooldown
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
