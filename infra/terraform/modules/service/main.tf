data "aws_partition" "this" {}

data "aws_region" "this" {}

data "aws_caller_identity" "this" {}

locals {
  partition  = data.aws_partition.this.partition
  dns_suffix = data.aws_partition.this.dns_suffix
  region     = data.aws_region.this.id
  account    = data.aws_caller_identity.this.account_id

  cluster_arn  = var.create_cluster ? aws_ecs_cluster.this[0].arn : var.cluster_arn
  cluster_name = var.create_cluster ? var.name : element(split("/", var.cluster_arn), 1)

  # What is created only with an image.
  services = var.image == null ? {} : var.services
  pages    = var.load_balancer == null ? [] : [for name, it in var.services : name if contains(it.roles, "pages")]

  # The default service is named as everything else is.
  service_names = { for name in keys(var.services) : name => name == var.name || length(var.services) == 1 ? var.name : "${var.name}-${name}" }
}

resource "aws_ecs_cluster" "this" {
  count = var.create_cluster ? 1 : 0

  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_service" "this" {
  for_each = local.services

  name             = local.service_names[each.key]
  cluster          = local.cluster_arn
  task_definition  = aws_ecs_task_definition.this[each.key].arn
  desired_count    = each.value.min_tasks
  launch_type      = "FARGATE"
  platform_version = "1.4.0"

  # After a zone has failed, tasks spread over the zones again.
  availability_zone_rebalancing = "ENABLED"

  # New tasks start before old ones stop. Both receive from the same queues meanwhile, which is no problem.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.task[each.key].id]
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = contains(local.pages, each.key) ? [aws_lb_target_group.pages[0].arn] : []
    content {
      target_group_arn = load_balancer.value
      container_name   = local.container
      container_port   = local.pages_port
    }
  }
  # A start takes about 10 s of CPU time, for which a quarter of a processor needs 40 s or more. After that the load balancer needs
  # two checks. ECS would replace a task that is not healthy by the end of this time, and the new one would not be faster.
  health_check_grace_period_seconds = contains(local.pages, each.key) ? 180 : null

  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  tags                    = var.tags

  lifecycle {
    # The scaling target sets it.
    ignore_changes = [desired_count]
  }

  # ECS refuses a target group without a listener, and tasks cannot start before the execution role may pull the image.
  depends_on = [aws_lb_listener.https, aws_iam_role_policy.execution]
}
