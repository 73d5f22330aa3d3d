locals {
  container       = "attache"
  pages_port      = 8080
  management_port = 8081

  # That of infra/Dockerfile, which ECS does not read; a test compares them.
  health_check = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$${MANAGEMENT_SERVER_PORT:-8081} && printf 'GET /actuator/health/liveness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200* ]]"]

  # X-Forwarded-For counts only in requests from the load balancer's subnets. Connections are kept for longer than the load
  # balancer keeps them, which would otherwise use one that was just closed.
  behind_load_balancer = var.load_balancer == null ? {} : {
    ATTACHE_GATEWAY_LIMITS_TRUSTEDPROXIES = join(",", sort(data.aws_subnet.load_balancer[*].cidr_block))
    SERVER_TOMCAT_KEEPALIVETIMEOUT        = "${var.load_balancer.idle_timeout + 15}s"
  }

  task_environment = { for name, it in var.services : name => merge(
    { LOGGING_STRUCTURED_FORMAT_CONSOLE = "ecs" },
    var.environment,
    { ATTACHE_ROLES = join(",", sort(it.roles)) },
    contains(local.pages, name) ? local.behind_load_balancer : {},
    it.environment,
  ) }
  task_secrets = { for name, it in var.services : name => merge(
    var.secrets,
    contains(it.roles, "worker") ? var.worker_secrets : {},
    it.secrets,
  ) }
}

data "aws_subnet" "load_balancer" {
  count = var.load_balancer == null ? 0 : length(var.load_balancer.subnet_ids)

  id = var.load_balancer.subnet_ids[count.index]
}

resource "aws_ecs_task_definition" "this" {
  for_each = local.services

  family                   = local.service_names[each.key]
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = each.value.task_role_arn != null ? each.value.task_role_arn : var.role_arns[length(each.value.roles) == 1 ? one(each.value.roles) : "all"]
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # Tomcat's base directory and the JVM's temporary files. Its mode comes from the image, which declares it as a volume.
  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([{
    name                   = local.container
    image                  = var.image
    essential              = true
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    stopTimeout            = var.stop_timeout
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    portMappings = [for port in concat(contains(each.value.roles, "pages") ? [local.pages_port] : [], [local.management_port]) : {
      containerPort = port
      hostPort      = port
      protocol      = "tcp"
    }]
    environment = [for name, value in local.task_environment[each.key] : { name = name, value = value } if !contains(keys(local.task_secrets[each.key]), name)]
    secrets     = [for name, arn in local.task_secrets[each.key] : { name = name, valueFrom = arn }]
    healthCheck = { command = local.health_check, interval = 10, timeout = 5, retries = 3, startPeriod = 180 }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = local.region
        awslogs-stream-prefix = each.key
        # A worker does not wait for CloudWatch; lines that do not fit are lost.
        mode            = "non-blocking"
        max-buffer-size = "4m"
      }
    }
  }])

  lifecycle {
    precondition {
      condition     = each.value.task_role_arn != null || contains(keys(var.role_arns), length(each.value.roles) == 1 ? one(each.value.roles) : "all")
      error_message = "role_arns has no role for the service ${each.key}: ${length(each.value.roles) == 1 ? one(each.value.roles) : "all"}. Add it to the root module's `roles`."
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
