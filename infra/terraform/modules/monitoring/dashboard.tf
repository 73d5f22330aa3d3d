locals {
  region = data.aws_region.this.id

  # Two or three to a row of 24 units.
  widgets = concat(
    [
      {
        title   = "Messages that wait"
        metrics = [for queue in values(var.queues) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { label = queue.name }]]
        stat    = "Maximum"
      },
      {
        title   = "Age of the oldest message, in seconds"
        metrics = [for queue in values(var.queues) : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue.name, { label = queue.name }]]
        stat    = "Maximum"
      },
      {
        title   = "Messages that were handled or rejected"
        metrics = [for queue in values(var.queues) : ["AWS/SQS", "NumberOfMessagesDeleted", "QueueName", queue.name, { label = queue.name }]]
        stat    = "Sum"
      },
      {
        title = "Dead letters, without those that somebody looks at"
        metrics = [for queue in values(var.dead_letter_queues) : [
          "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { label = queue.name }
        ]]
        stat = "Maximum"
      },
      {
        title   = "Gates: 0 open, 1 probing, 2 closed"
        metrics = [for queue in values(var.queues) : [var.metric_namespace, "attache.input.gate.value", "queue", queue.name, { label = queue.name }]]
        stat    = "Maximum"
      },
      {
        title   = "Paused inputs"
        metrics = [for queue in values(var.queues) : [var.metric_namespace, "attache.input.paused.value", "queue", queue.name, { label = queue.name }]]
        stat    = "Maximum"
      },
      {
        title   = "Open circuit breakers"
        metrics = [for name in local.breakers : [var.metric_namespace, "resilience4j.circuitbreaker.state.value", "name", name, "state", "open", { label = name }]]
        stat    = "Maximum"
      },
      {
        title   = "Seconds without an answer to a receive"
        metrics = [for queue in values(var.queues) : [var.metric_namespace, "attache.input.poll.unanswered.value", "queue", queue.name, { label = queue.name }]]
        stat    = "Maximum"
      },
      {
        title   = "Workers that receive"
        metrics = [for queue in values(var.queues) : [var.metric_namespace, "attache.input.running.value", "queue", queue.name, { label = queue.name }]]
        stat    = "Sum"
      },
      {
        title = "Mails"
        metrics = flatten([for channel in ["email", "newsletter", "event"] : [for outcome in ["sent", "refused", "deferred", "limited", "waiting"] : [
          [var.metric_namespace, "attache.mails.count", "channel", channel, "outcome", outcome, { label = "${channel}, ${outcome}" }]
        ]]])
        stat = "Sum"
      },
    ],
    length(var.services) == 0 ? [] : [
      {
        title = "Tasks"
        metrics = [for it in values(var.services) : [
          "ECS/ContainerInsights", "RunningTaskCount", "ClusterName", it.cluster_name, "ServiceName", it.service_name, { label = it.service_name }
        ]]
        stat = "Average"
      },
      {
        title = "Memory of tasks, in percent"
        metrics = [for it in values(var.services) : [
          "AWS/ECS", "MemoryUtilization", "ClusterName", it.cluster_name, "ServiceName", it.service_name, { label = it.service_name }
        ]]
        stat = "Maximum"
      },
      {
        title = "Processor time of tasks, in percent"
        metrics = [for it in values(var.services) : [
          "AWS/ECS", "CPUUtilization", "ClusterName", it.cluster_name, "ServiceName", it.service_name, { label = it.service_name }
        ]]
        stat = "Maximum"
      },
    ],
    var.load_balancer == null ? [] : [
      {
        title = "Requests for pages"
        metrics = [for name in ["RequestCount", "HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] : [
          "AWS/ApplicationELB", name, "LoadBalancer", var.load_balancer.arn_suffix
        ]]
        stat = "Sum"
      },
    ],
    var.ses ? [
      {
        title   = "Bounce and complaint rate of Amazon SES"
        metrics = [for name in ["Reputation.BounceRate", "Reputation.ComplaintRate"] : ["AWS/SES", name]]
        stat    = "Average"
      },
    ] : [],
  )

  alarm_widget = {
    type       = "alarm"
    x          = 0
    y          = 0
    width      = 24
    height     = 4
    properties = { title = "Alarms", alarms = [for key in keys(local.alarms) : aws_cloudwatch_metric_alarm.this[key].arn] }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.create_dashboard ? 1 : 0

  dashboard_name = "${var.name_prefix}attache"
  dashboard_body = jsonencode({
    widgets = concat([local.alarm_widget], [for index, it in local.widgets : {
      type   = "metric"
      x      = 8 * (index % 3)
      y      = 4 + 6 * floor(index / 3)
      width  = 8
      height = 6
      properties = {
        title   = it.title
        metrics = it.metrics
        stat    = it.stat
        period  = 60
        region  = local.region
        view    = "timeSeries"
        yAxis   = { left = { min = 0 } }
      }
    }])
  })
}
