data "aws_region" "this" {}

data "aws_caller_identity" "this" {}

locals {
  undelivered = { for key, queue in var.dead_letter_queues : key => queue if !contains(keys(var.queues), key) }
  dead_letter = { for key, queue in var.dead_letter_queues : key => queue if contains(keys(var.queues), key) }

  # application.yaml configures them; a test compares the names.
  breakers = ["mail", "mail-sender", "pages", "s3", "sns"]

  thresholds = {
    oldest_message_seconds = coalesce(var.oldest_message_seconds, floor(var.link_lifetime_seconds / 24))
    bounce_rate            = var.bounce_rate
    complaint_rate         = var.complaint_rate
  }

  # What an alarm exists for each of, by the word in alarms.yaml: what stands for the words in braces.
  subjects = {
    installation           = { "" = {} }
    ses                    = { for key in var.ses ? [""] : [] : key => {} }
    input-queues           = { for key, queue in var.queues : key => { queue = queue.name } }
    one-input-queue        = { "" = { queue = values(var.queues)[0].name } }
    dead-letter-queues     = { for key, queue in local.dead_letter : key => { queue = queue.name } }
    undelivered-queues     = { for key, queue in local.undelivered : key => { queue = queue.name } }
    all-dead-letter-queues = { for key, queue in var.dead_letter_queues : key => { queue = queue.name } }
    breakers               = { for name in local.breakers : name => { breaker = name } }
    sources                = { for name in var.sources : name => { source = name } }
    services               = { for key, it in var.services : key => { cluster = it.cluster_name, service = it.service_name } }
    load-balancers         = { for key in var.load_balancer == null ? [] : [""] : key => { load_balancer = var.load_balancer.arn_suffix } }
  }

  definitions = yamldecode(file("${path.module}/alarms.yaml")).alarms

  # The alarms to create, by name.
  alarms = merge([
    for it in local.definitions : {
      for key, values in local.subjects[it.each] : join("-", compact([it.name, key])) => {
        definition = it
        threshold  = try(tonumber(it.threshold), local.thresholds[it.threshold])
        expression = try(it.expression, null)
        summary    = replace(replace(replace(replace(it.summary, "{queue}", try(values.queue, "")), "{breaker}", try(values.breaker, "")), "{source}", try(values.source, "")), "{service}", try(values.service, ""))
        metrics = { for id, metric in it.metrics : id => {
          namespace = metric.namespace == "Attache" ? var.metric_namespace : metric.namespace
          name      = metric.name
          stat      = metric.stat
          dimensions = { for name, value in metric.dimensions : name => try(
            { "{queue}" = values.queue }[value],
            { "{breaker}" = values.breaker }[value],
            { "{source}" = values.source }[value],
            { "{cluster}" = values.cluster }[value],
            { "{service}" = values.service }[value],
            { "{load_balancer}" = values.load_balancer }[value],
            value
          ) }
        } }
      }
    }
  ]...)

  topic = var.create_topic ? [aws_sns_topic.alarms[0].arn] : []
  actions = {
    critical = concat(local.topic, var.alarm_actions.critical)
    warning  = concat(local.topic, var.alarm_actions.warning)
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = "${var.name_prefix}${each.key}"
  alarm_description = "${each.value.summary}. ${each.value.definition.description} Severity: ${each.value.definition.severity}. Runbook: ${var.runbook_url}#${each.value.definition.runbook}"

  # With a single metric, the alarm is written without metric_query, which the console of CloudWatch shows better.
  namespace   = each.value.expression == null ? one(values(each.value.metrics)).namespace : null
  metric_name = each.value.expression == null ? one(values(each.value.metrics)).name : null
  dimensions  = each.value.expression == null ? one(values(each.value.metrics)).dimensions : null
  statistic   = each.value.expression == null ? one(values(each.value.metrics)).stat : null
  period      = each.value.expression == null ? each.value.definition.period : null

  dynamic "metric_query" {
    for_each = each.value.expression == null ? {} : each.value.metrics
    content {
      id          = metric_query.key
      return_data = false
      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = each.value.definition.period
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression == null ? [] : [each.value.expression]
    content {
      id          = "result"
      expression  = metric_query.value
      label       = each.value.definition.name
      return_data = true
    }
  }

  comparison_operator = each.value.definition.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.definition.periods
  datapoints_to_alarm = each.value.definition.periods
  treat_missing_data  = each.value.definition.missing

  alarm_actions = local.actions[each.value.definition.severity]
  ok_actions    = local.actions[each.value.definition.severity]

  tags = var.tags
}
