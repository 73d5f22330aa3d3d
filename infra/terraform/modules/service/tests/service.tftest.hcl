mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_subnet" {
    defaults = { cidr_block = "10.0.0.0/24" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:cluster/attache" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/attache-execution" }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/attache/50dc6c495c0c9188" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/attache/73e2d6bc24d8a067" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/attache:1" }
  }
}

run "topology" {
  module {
    source = "./tests/topology"
  }
}

variables {
  image      = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/attache:1"
  vpc_id     = "vpc-1"
  subnet_ids = ["subnet-a", "subnet-b"]
  environment = {
    ATTACHE_BUCKET = "attache-example"
    ATTACHE_ROLES  = "wrong"
  }
  role_arns = {
    all     = "arn:aws:iam::111122223333:role/attache"
    worker  = "arn:aws:iam::111122223333:role/attache-worker"
    pages   = "arn:aws:iam::111122223333:role/attache-pages"
    console = "arn:aws:iam::111122223333:role/attache-console"
  }
}

run "one_service_has_all_roles" {
  variables {
    queues             = run.topology.queues
    ecr_repository_arn = "arn:aws:ecr:eu-central-1:111122223333:repository/attache"
    secrets            = { SPRING_MAIL_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf:password::" }
    load_balancer = {
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1"
      subnet_ids      = ["subnet-c", "subnet-d"]
    }
  }

  assert {
    condition     = keys(aws_ecs_service.this) == ["attache"] && aws_ecs_task_definition.this["attache"].task_role_arn == "arn:aws:iam::111122223333:role/attache"
    error_message = "The default is one service with the role for all."
  }
  assert {
    condition     = aws_ecs_task_definition.this["attache"].cpu == "256" && aws_ecs_task_definition.this["attache"].memory == "512"
    error_message = "A task must have a quarter of a processor and 512 MiB."
  }
  assert {
    condition = alltrue([for name, value in {
      ATTACHE_BUCKET                        = "attache-example"
      ATTACHE_ROLES                         = "console,pages,worker"
      ATTACHE_GATEWAY_LIMITS_TRUSTEDPROXIES = "10.0.0.0/24,10.0.0.0/24"
      SERVER_TOMCAT_KEEPALIVETIMEOUT        = "75s"
      LOGGING_STRUCTURED_FORMAT_CONSOLE     = "ecs"
    } : contains(jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].environment, { name = name, value = value })])
    error_message = "A variable of the environment is missing or wrong."
  }
  assert {
    condition = jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].secrets == [
      { name = "SPRING_MAIL_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf:password::" }
    ]
    error_message = "The secret must be given by its ARN."
  }
  assert {
    condition = alltrue([
      jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].readonlyRootFilesystem,
      jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].user == "10001:10001",
      jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].stopTimeout == 75,
      jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].mountPoints[0].containerPath == "/tmp",
    ])
    error_message = "The container must run without root, with a read-only root file system, /tmp, and time to drain."
  }
  # docs/performance.md, "Start to first poll": 8 to 10 s of CPU time. A task may use cpu / 1024 of a processor, and a processor of
  # Fargate may be half as fast as the one measured. Then come two checks of the load balancer.
  assert {
    condition = alltrue([
      for seconds in [
        aws_ecs_service.this["attache"].health_check_grace_period_seconds,
        jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].healthCheck.startPeriod,
      ] : seconds >= 2 * 10 * 1024 / 256 + 2 * aws_lb_target_group.pages[0].health_check[0].interval
    ])
    error_message = "ECS would replace tasks that have not started yet."
  }
  assert {
    condition     = toset([for it in jsondecode(aws_ecs_task_definition.this["attache"].container_definitions)[0].portMappings : it.containerPort]) == toset([8080, 8081])
    error_message = "The container must have the ports of pages and management."
  }
  assert {
    condition     = aws_lb_target_group.pages[0].port == 8080 && aws_lb_target_group.pages[0].health_check[0].port == "8081" && aws_lb_target_group.pages[0].health_check[0].path == "/actuator/health/readiness"
    error_message = "The load balancer must lead to the pages, and check readiness at the management port."
  }
  assert {
    condition     = aws_lb_listener.https[0].protocol == "HTTPS" && aws_lb_listener.redirect[0].default_action[0].type == "redirect"
    error_message = "Pages must be served with TLS only."
  }
  assert {
    condition     = aws_lb.this[0].enable_deletion_protection && aws_lb.this[0].drop_invalid_header_fields && !aws_lb.this[0].internal
    error_message = "The load balancer's defaults are wrong."
  }
  assert {
    condition     = one([for rule in aws_vpc_security_group_egress_rule.load_balancer : rule.to_port if rule.description == "Pages"]) == 8080 && length(aws_vpc_security_group_ingress_rule.management) == 0
    error_message = "Only the load balancer may reach a task by default."
  }
  assert {
    condition     = length([for it in data.aws_iam_policy_document.execution.statement : it if contains(it.resources, "*") && toset(it.actions) != toset(["ecr:GetAuthorizationToken"])]) == 0
    error_message = "Only ecr:GetAuthorizationToken has no resource."
  }
  assert {
    condition = one([for it in data.aws_iam_policy_document.execution.statement : it.resources if it.sid == "ReadSecrets"]) == toset([
      "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf"
    ])
    error_message = "The execution role must read the secret itself, without the key of its JSON."
  }
  assert {
    condition     = toset(keys(aws_appautoscaling_policy.backlog)) == toset([for name in keys(run.topology.queues) : "attache-${name}"])
    error_message = "Each queue of topology.yaml needs a policy."
  }
  assert {
    condition = alltrue([for name, queue in run.topology.queues : toset(flatten([
      for it in aws_appautoscaling_policy.backlog["attache-${name}"].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics : [
        for stat in it.metric_stat : [for dimension in stat.metric[0].dimensions : "${dimension.name}=${dimension.value}"]
      ]
    ])) == toset(["QueueName=${queue.name}", "queue=${queue.name}", "ClusterName=attache", "ServiceName=attache"])])
    error_message = "A policy must watch its queue and its service."
  }
  assert {
    condition = one([
      for it in aws_appautoscaling_policy.backlog["attache-email-deliveries"].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics : it.expression if it.return_data
    ]) == "IF(paused, 1000, IF(gate, 1000, visible / tasks))"
    error_message = "The expression must be the target while the input is paused or its gate is not open."
  }
  assert {
    condition     = length(aws_appautoscaling_policy.pages) == 0 && aws_appautoscaling_target.this["attache"].min_capacity == 2
    error_message = "A service with the role worker scales by its backlog only."
  }
}

run "separate_services_have_separate_permissions_and_ports" {
  variables {
    queues         = run.topology.queues
    worker_secrets = { AWS_SECRET_ACCESS_KEY = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:signer-AbCdEf:secret_access_key::" }
    services = {
      worker  = { roles = ["worker"] }
      pages   = { roles = ["pages"] }
      console = { roles = ["console"], min_tasks = 1, max_tasks = 1, secrets = { ATTACHE_CONSOLE_USERS_ANA_PASSWORD = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:console-AbCdEf" } }
    }
    management_cidr_blocks = ["10.1.0.0/16"]
    load_balancer = {
      certificate_arn     = "arn:aws:acm:eu-central-1:111122223333:certificate/1"
      subnet_ids          = ["subnet-c", "subnet-d"]
      idle_timeout        = 120
      deletion_protection = false
    }
  }

  assert {
    condition     = alltrue([for name, it in aws_ecs_task_definition.this : endswith(it.task_role_arn, "role/attache-${name}") && it.family == "attache-${name}"])
    error_message = "Each service must have the role of its name."
  }
  assert {
    condition = alltrue([for name, it in aws_ecs_task_definition.this :
      contains(jsondecode(it.container_definitions)[0].environment, { name = "ATTACHE_ROLES", value = name })
    ])
    error_message = "Each service must run its role only."
  }
  assert {
    condition = alltrue([for name, it in aws_ecs_task_definition.this :
      contains([for port in jsondecode(it.container_definitions)[0].portMappings : port.containerPort], 8080) == (name == "pages")
    ])
    error_message = "Only the pages have a public port."
  }
  assert {
    condition = (length(aws_ecs_service.this["pages"].load_balancer) == 1
      && length(aws_ecs_service.this["worker"].load_balancer) == 0
      && length(aws_ecs_service.this["console"].load_balancer) == 0
    )
    error_message = "The load balancer must lead to the pages only."
  }
  assert {
    condition = (strcontains(aws_ecs_task_definition.this["pages"].container_definitions, "135s")
      && !strcontains(aws_ecs_task_definition.this["worker"].container_definitions, "SERVER_TOMCAT_KEEPALIVETIMEOUT")
    )
    error_message = "Only behind the load balancer connections are kept for longer than it keeps them."
  }
  assert {
    condition = (strcontains(aws_ecs_task_definition.this["worker"].container_definitions, "AWS_SECRET_ACCESS_KEY")
      && !strcontains(aws_ecs_task_definition.this["pages"].container_definitions, "AWS_SECRET_ACCESS_KEY")
      && strcontains(aws_ecs_task_definition.this["console"].container_definitions, "ATTACHE_CONSOLE_USERS_ANA_PASSWORD")
      && !strcontains(aws_ecs_task_definition.this["worker"].container_definitions, "ATTACHE_CONSOLE_USERS_ANA_PASSWORD")
    )
    error_message = "A secret is given to a service that does not need it, or not to one that does."
  }
  assert {
    condition = alltrue([
      length(aws_appautoscaling_policy.backlog) == length(run.topology.queues),
      alltrue([for name in keys(aws_appautoscaling_policy.backlog) : startswith(name, "worker-")]),
      keys(aws_appautoscaling_policy.pages) == ["pages"],
    ])
    error_message = "The worker scales by the backlog, the pages by processor time, and the console does not scale."
  }
  # Terraform ignores desired_count, so that a service without a target keeps the number of tasks that it was created with.
  assert {
    condition = { for name, it in aws_appautoscaling_target.this : name => "${it.resource_id} ${it.min_capacity} ${it.max_capacity}" } == {
      worker  = "service/attache/attache-worker 2 10"
      pages   = "service/attache/attache-pages 2 10"
      console = "service/attache/attache-console 1 1"
    }
    error_message = "A change of min_tasks and max_tasks would have no effect on a service."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.management : rule.from_port == 8081 && rule.cidr_ipv4 == "10.1.0.0/16"]) && length(aws_vpc_security_group_ingress_rule.management) == 3
    error_message = "Operators must reach the management port of each service."
  }
}

run "without_an_image_there_is_everything_but_the_services" {
  command = plan
  variables {
    queues = run.topology.queues
    image  = null
    load_balancer = {
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1"
      subnet_ids      = ["subnet-c", "subnet-d"]
    }
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0 && length(aws_appautoscaling_policy.backlog) == 0 && length(aws_lb.this) == 1 && length(aws_ecs_cluster.this) == 1
    error_message = "Only the services need the image."
  }
}

run "an_existing_cluster_is_used" {
  command = plan
  variables {
    queues         = run.topology.queues
    create_cluster = false
    cluster_arn    = "arn:aws:ecs:eu-central-1:111122223333:cluster/shared"
  }

  assert {
    condition     = length(aws_ecs_cluster.this) == 0 && aws_ecs_service.this["attache"].cluster == "arn:aws:ecs:eu-central-1:111122223333:cluster/shared" && output.cluster.name == "shared"
    error_message = "The service must run in the given cluster."
  }
  assert {
    condition     = length(aws_lb.this) == 0 && length(aws_ecs_service.this["attache"].load_balancer) == 0
    error_message = "Without load_balancer there must be none."
  }
}

run "a_role_that_was_not_created_is_named" {
  command = plan
  variables {
    queues    = run.topology.queues
    role_arns = { worker = "arn:aws:iam::111122223333:role/attache-worker" }
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "a_stop_timeout_that_is_no_longer_than_two_phases_is_refused" {
  command = plan
  variables {
    queues       = run.topology.queues
    stop_timeout = 56
  }

  expect_failures = [var.stop_timeout]
}

run "two_services_with_pages_behind_one_load_balancer_are_refused" {
  command = plan
  variables {
    queues   = run.topology.queues
    services = { one = {}, two = {} }
    load_balancer = {
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1"
      subnet_ids      = ["subnet-c", "subnet-d"]
    }
  }

  expect_failures = [var.services]
}

run "unknown_roles_too_little_memory_and_no_tasks_are_refused" {
  command = plan
  variables {
    queues   = run.topology.queues
    services = { attache = { roles = ["sweeper"], memory = 256, min_tasks = 0 } }
  }

  expect_failures = [var.services]
}

run "a_management_port_that_is_open_to_the_internet_is_refused" {
  command = plan
  variables {
    queues                 = run.topology.queues
    management_cidr_blocks = ["0.0.0.0/0"]
  }

  expect_failures = [var.management_cidr_blocks]
}

run "values_instead_of_secrets_are_refused" {
  command = plan
  variables {
    queues  = run.topology.queues
    secrets = { SPRING_MAIL_PASSWORD = "hunter2" }
  }

  expect_failures = [var.secrets]
}
