output "alarms" {
  description = "The alarms by name without the prefix: `arn`, `name`, `severity` and `runbook`."
  value = { for key, it in local.alarms : key => {
    arn      = aws_cloudwatch_metric_alarm.this[key].arn
    name     = aws_cloudwatch_metric_alarm.this[key].alarm_name
    severity = it.definition.severity
    runbook  = "${var.runbook_url}#${it.definition.runbook}"
  } }
}

output "topic_arn" {
  description = "The topic that alarms are published to; null with `create_topic = false`."
  value       = one(aws_sns_topic.alarms[*].arn)
}

output "dashboard_name" {
  description = "The dashboard's name; null with `create_dashboard = false`."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
