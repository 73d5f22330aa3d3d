data "aws_caller_identity" "this" {}

locals {
  # Queues, topics, roles and alarms of an installation with another name begin with it. With the same names, a second installation
  # would take the first one's queues and topics into its state, because CreateQueue and CreateTopic return those that exist with the
  # same attributes, and its "destroy" would delete them.
  name_prefix = var.name == "attache" ? "" : "${var.name}-"

  bucket_name = coalesce(var.bucket_name, "${var.name}-${data.aws_caller_identity.this.account_id}-${data.aws_region.this.id}")

  # Without a load balancer nobody could open a page. The name ends with .invalid, which no name does (RFC 2606).
  pages_url = "https://${coalesce(var.domain_name, "pages.invalid")}"

  operator_secret_arn = var.operator_secret_arn == null ? aws_secretsmanager_secret.operator[0].arn : var.operator_secret_arn

  # Of all processes: the operator's access to the actuator, and the sources.
  environment = merge(
    { SPRING_SECURITY_USER_NAME = "operator" },
    var.domain_name == null ? { ATTACHE_SOURCES_CRM_MAILLINKS = "direct" } : {},
    var.environment
  )
  secrets = { SPRING_SECURITY_USER_PASSWORD = "${local.operator_secret_arn}:actuator::" }

  # Of those that send mails.
  relay_environment = var.smtp == null ? {} : {
    SPRING_MAIL_USERNAME                                     = var.smtp.username
    SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH                    = "true"
    SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_ENABLE         = "true"
    SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED       = "true"
    SPRING_MAIL_PROPERTIES_MAIL_SMTP_SSL_CHECKSERVERIDENTITY = "true"
  }
  relay_secrets = var.smtp == null ? {} : { SPRING_MAIL_PASSWORD = var.smtp.password_secret_arn }

  # Of those that have the console.
  console_environment = { ATTACHE_CONSOLE_USERS_OPERATOR_ROLES = "viewer,operator" }
  console_secrets     = { ATTACHE_CONSOLE_USERS_OPERATOR_PASSWORD = "${local.operator_secret_arn}:console::" }

  services = {
    separate = {
      worker  = { roles = ["worker"], environment = local.relay_environment, secrets = local.relay_secrets }
      pages   = { roles = ["pages"] }
      console = { roles = ["console"], min_tasks = 1, max_tasks = 1, environment = local.console_environment, secrets = local.console_secrets }
    }
    together = {
      attache = {
        roles       = ["worker", "pages", "console"]
        environment = merge(local.relay_environment, local.console_environment)
        secrets     = merge(local.relay_secrets, local.console_secrets)
      }
    }
  }[var.separate_services ? "separate" : "together"]
}

module "attache" {
  source = "../.."

  name_prefix = local.name_prefix
  bucket_name = local.bucket_name
  pages_url   = local.pages_url
  kms         = var.kms ? { create = true } : null

  mail = {
    from      = var.mail_from
    transport = var.smtp == null ? "ses" : "smtp"
    smtp      = var.smtp == null ? null : { host = var.smtp.host, port = var.smtp.port }
    ses = var.smtp == null ? {
      create_identity = var.ses.create_identity
      zone_id         = var.ses.create_identity ? var.zone_id : null
      dmarc           = var.ses.dmarc
    } : null
  }
  policy_statements = local.policy_statements

  environment = local.environment
  secrets     = local.secrets

  roles = var.separate_services ? ["worker", "pages", "console"] : ["all"]

  force_destroy = var.deletable

  # This version of the provider accepts no more.
  dead_letter_maximum_message_size = 262144
}

module "service" {
  source = "../../modules/service"

  name  = var.name
  image = var.image

  cpu_architecture = var.cpu_architecture

  queues         = module.attache.queues
  role_arns      = module.attache.role_arns
  environment    = module.attache.environment
  secrets        = module.attache.secrets
  worker_secrets = module.attache.worker_secrets
  services       = local.services

  ecr_repository_arn = aws_ecr_repository.this.arn

  vpc_id = aws_vpc.this.id
  # Of the associations, so that tasks start when there are routes to AWS.
  subnet_ids             = aws_route_table_association.private[*].subnet_id
  egress_ports           = var.smtp == null ? [443] : [443, var.smtp.port]
  management_cidr_blocks = var.management_cidr_blocks

  load_balancer = var.domain_name == null ? null : {
    certificate_arn     = local.create_certificate ? aws_acm_certificate_validation.this[0].certificate_arn : var.certificate_arn
    subnet_ids          = aws_subnet.public[*].id
    deletion_protection = !var.deletable
  }
}

module "monitoring" {
  source = "../../modules/monitoring"

  name_prefix        = local.name_prefix
  queues             = module.attache.queues
  dead_letter_queues = module.attache.dead_letter_queues
  services           = { for name, it in module.service.services : name => { cluster_name = it.cluster_name, service_name = it.service_name } }
  load_balancer      = module.service.load_balancer == null ? null : { arn_suffix = module.service.load_balancer.arn_suffix }
  ses                = var.smtp == null
  emails             = var.alarm_emails
}
