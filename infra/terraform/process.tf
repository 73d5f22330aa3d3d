locals {
  # The bindings' destinations, which differ from the defaults with a prefix only.
  destinations = var.name_prefix == "" ? {} : merge(
    merge([for queue, its in local.topology.queues : { for binding in its.inputs : binding => "${var.name_prefix}${queue}" }]...),
    merge([for queue, its in local.topology.queues : {
      for binding in try(its.outputs, []) : binding => "queue:${var.name_prefix}${queue}"
    }]...),
    merge([for topic, its in local.topology.topics : { for binding in its.outputs : binding => "${var.name_prefix}${topic}" }]...)
  )

  smtp = var.mail.transport == "smtp" ? var.mail.smtp : null

  # Sources that are pinned to senders accept what workers and operators send by these ids.
  unique_ids = { for name in ["worker", "console"] : name => concat(
    [for role, it in aws_iam_role.this : it.unique_id if contains(["all", name], role)],
    aws_iam_user.signer[*].unique_id
  ) }

  module_environment = merge(
    {
      AWS_REGION                 = local.region
      ATTACHE_BUCKET             = var.bucket_name
      ATTACHE_GATEWAY_PUBLIC_URL = trimsuffix(var.pages_url, "/")
      ATTACHE_MAIL_FROM          = var.mail.from
      ATTACHE_MAIL_TRANSPORT     = var.mail.transport
    },
    var.mail.transport != "ses" || local.ses == null ? {} : {
      ATTACHE_MAIL_SES_CONFIGURATION_SET = aws_sesv2_configuration_set.this[0].configuration_set_name
    },
    local.smtp == null ? {} : {
      SPRING_MAIL_HOST = local.smtp.host
      SPRING_MAIL_PORT = tostring(local.smtp.port)
    },
    var.signing != "role" ? {} : {
      ATTACHE_LINKS_SIGNING_ROLE_ARN = var.create_roles ? aws_iam_role.signer[0].arn : local.signer_arn
      ATTACHE_LINKS_SIGNING_SESSION  = "${var.signing_session}s"
    },
    !var.cloudwatch_metrics ? {} : { ATTACHE_CLOUDWATCH_ENABLED = "true" },
    var.name_prefix == "" ? {} : {
      ATTACHE_QUEUES_UNDELIVERED = join(",", [for it in local.undelivered_names : "${var.name_prefix}${it}"])
    },
    # Spring leaves out the dashes of a binding's name.
    { for binding, destination in local.destinations :
      "SPRING_CLOUD_STREAM_BINDINGS_${upper(replace(binding, "-", ""))}_DESTINATION" => destination
    },
    length(local.unique_ids.worker) == 0 ? {} : { ATTACHE_AUDIENCE_SENDER_IDS = join(",", local.unique_ids.worker) },
    length(local.unique_ids.console) == 0 ? {} : { ATTACHE_CONSOLE_SENDER_IDS = join(",", local.unique_ids.console) }
  )
  # Spring takes ATTACHE_MAIL_REPLYTO and ATTACHE_MAIL_REPLY_TO for the same setting.
  environment = merge(
    { for name, value in local.module_environment : name => value
      if !contains([for its in keys(var.environment) : replace(its, "_", "")], replace(name, "_", ""))
    },
    var.environment
  )
}
