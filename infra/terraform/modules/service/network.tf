# The load balancer has one listener for people, which leads to port 8080. It checks the health of tasks at port 8081, and nothing
# leads there.

resource "aws_security_group" "load_balancer" {
  count = var.load_balancer == null ? 0 : 1

  name        = "${var.name}-load-balancer"
  description = "Load balancer of the pages of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-load-balancer" })
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = var.load_balancer == null ? {} : merge([for block in var.load_balancer.ingress_cidr_blocks : {
    for port in [80, 443] : "${block}:${port}" => { block = block, port = port }
  }]...)

  security_group_id = aws_security_group.load_balancer[0].id
  description       = each.value.port == 443 ? "Pages" : "Redirected to HTTPS"
  cidr_ipv4         = each.value.block
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = { for it in setproduct(local.pages, [local.pages_port, local.management_port]) : "${it[0]}:${it[1]}" => { service = it[0], port = it[1] } }

  security_group_id            = aws_security_group.load_balancer[0].id
  description                  = each.value.port == local.pages_port ? "Pages" : "Health checks"
  referenced_security_group_id = aws_security_group.task[each.value.service].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  tags                         = var.tags
}

resource "aws_security_group" "task" {
  for_each = var.services

  name        = "${local.service_names[each.key]}-task"
  description = "Tasks of ${local.service_names[each.key]}"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${local.service_names[each.key]}-task" })
}

resource "aws_vpc_security_group_ingress_rule" "pages" {
  for_each = { for it in setproduct(local.pages, [local.pages_port, local.management_port]) : "${it[0]}:${it[1]}" => { service = it[0], port = it[1] } }

  security_group_id            = aws_security_group.task[each.value.service].id
  description                  = each.value.port == local.pages_port ? "Pages from the load balancer" : "Health checks of the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer[0].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "management" {
  for_each = { for it in setproduct(keys(var.services), var.management_cidr_blocks) : "${it[0]}:${it[1]}" => { service = it[0], block = it[1] } }

  security_group_id = aws_security_group.task[each.value.service].id
  description       = "Actuator and console"
  cidr_ipv4         = each.value.block
  ip_protocol       = "tcp"
  from_port         = local.management_port
  to_port           = local.management_port
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "task" {
  for_each = { for it in setproduct(keys(var.services), var.egress_ports) : "${it[0]}:${it[1]}" => { service = it[0], port = it[1] } }

  security_group_id = aws_security_group.task[each.value.service].id
  description       = each.value.port == 443 ? "AWS and OpenID providers" : "Mail relay"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = var.tags
}

resource "aws_lb" "this" {
  count = var.load_balancer == null ? 0 : 1

  name               = var.name
  load_balancer_type = "application"
  internal           = var.load_balancer.internal
  subnets            = var.load_balancer.subnet_ids
  security_groups    = [aws_security_group.load_balancer[0].id]
  idle_timeout       = var.load_balancer.idle_timeout

  enable_deletion_protection = var.load_balancer.deletion_protection
  drop_invalid_header_fields = true
  # Attaché reads X-Forwarded-For from its end, where the load balancer adds the client.
  xff_header_processing_mode = "append"

  dynamic "access_logs" {
    for_each = var.load_balancer.access_logs == null ? [] : [var.load_balancer.access_logs]
    content {
      enabled = true
      bucket  = access_logs.value.bucket
      prefix  = access_logs.value.prefix
    }
  }

  tags = var.tags
}

resource "aws_lb_target_group" "pages" {
  count = var.load_balancer == null ? 0 : 1

  name        = var.name
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = local.pages_port

  # Pages are answered within seconds; ECS sends SIGTERM after this delay.
  deregistration_delay = 30

  health_check {
    protocol            = "HTTP"
    port                = tostring(local.management_port)
    path                = "/actuator/health/readiness"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  tags = var.tags
}

resource "aws_lb_listener" "https" {
  count = var.load_balancer == null ? 0 : 1

  load_balancer_arn = aws_lb.this[0].arn
  protocol          = "HTTPS"
  port              = 443
  certificate_arn   = var.load_balancer.certificate_arn
  ssl_policy        = var.load_balancer.ssl_policy

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.pages[0].arn
  }

  tags = var.tags
}

resource "aws_lb_listener" "redirect" {
  count = var.load_balancer == null ? 0 : 1

  load_balancer_arn = aws_lb.this[0].arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }

  tags = var.tags
}
