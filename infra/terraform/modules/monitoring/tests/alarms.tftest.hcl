mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:attache-alarms" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:any" }
  }
}

run "topology" {
  module {
    source = "./tests/topology"
  }
}

variables {
  name_prefix = "staging-"
}

run "every_queue_of_the_topology_has_its_alarms" {
  variables {
    queues             = run.topology.queues
    dead_letter_queues = run.topology.dead_letter_queues
  }

  assert {
    condition = alltrue(flatten([for name, queue in run.topology.queues : [
      for alarm in ["AttacheOldestMessage", "AttacheBacklogGrows", "AttacheQueueStuck", "AttachePausedLong", "AttachePollsFail", "AttacheGateClosed", "AttacheDeadLetters", "AttachePoisonFlood", "AttacheDeadLettersExpire"] :
      contains(keys(aws_cloudwatch_metric_alarm.this), "${alarm}-${name}")
    ]]))
    error_message = "A queue of topology.yaml lacks an alarm."
  }
  assert {
    condition = alltrue(flatten([for name in run.topology.undelivered : [
      for alarm in ["AttacheUndelivered", "AttacheDeadLettersExpire"] : contains(keys(aws_cloudwatch_metric_alarm.this), "${alarm}-${name}")
    ]]))
    error_message = "A queue of messages that SNS could not deliver lacks an alarm."
  }
  assert {
    condition     = alltrue([for name in run.topology.undelivered : !contains(keys(aws_cloudwatch_metric_alarm.this), "AttacheDeadLetters-${name}")])
    error_message = "A queue of messages that SNS could not deliver is no dead-letter queue of a queue."
  }
  assert {
    condition = alltrue([for name, queue in run.topology.queues :
      aws_cloudwatch_metric_alarm.this["AttacheOldestMessage-${name}"].dimensions.QueueName == queue.name
      && aws_cloudwatch_metric_alarm.this["AttacheGateClosed-${name}"].dimensions.queue == queue.name
    ])
    error_message = "An alarm of an input does not watch its queue."
  }
  assert {
    condition = alltrue([for name, queue in run.topology.dead_letter_queues : toset(flatten([
      for query in aws_cloudwatch_metric_alarm.this["AttacheDeadLettersExpire-${name}"].metric_query : [for it in query.metric : values(it.dimensions)]
    ])) == toset([queue.name])])
    error_message = "An alarm of dead letters does not watch its queue."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) : startswith(alarm.alarm_name, "staging-Attache")])
    error_message = "The name of an alarm does not begin with the prefix."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) : !can(regex("\\{|\\}", alarm.alarm_description)) && can(regex("Runbook: docs/runbook\\.md#[a-z-]+$", alarm.alarm_description))])
    error_message = "A description has a placeholder, or no section of the runbook."
  }
  assert {
    condition = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) : alarm.metric_name == null
      ? length([for query in alarm.metric_query : query if query.return_data]) == 1
      : length(alarm.metric_query) == 0
    ])
    error_message = "An alarm must watch either one metric or one expression."
  }
  assert {
    condition = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) :
      toset(alarm.alarm_actions) == toset(["arn:aws:sns:eu-central-1:111122223333:attache-alarms"])
    ])
    error_message = "An alarm does not publish to the created topic."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttacheOldestMessage-email-deliveries"].threshold == 3600
    error_message = "Links of a day: an hour is the threshold."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttacheNoWorker"].treat_missing_data == "breaching"
    error_message = "Without a worker there are no metrics, which must raise the alarm."
  }
  assert {
    condition     = !anytrue([for key in keys(aws_cloudwatch_metric_alarm.this) : can(regex("^Attache(BounceRate|ComplaintRate|WorkerDown|PagesRefused|SourceMailLimit)", key))])
    error_message = "There is an alarm for what does not exist."
  }
  assert {
    condition = alltrue([for name in concat([for it in values(run.topology.queues) : it.name], [for it in values(run.topology.dead_letter_queues) : it.name]) :
      strcontains(aws_cloudwatch_dashboard.this[0].dashboard_body, "\"${name}\"")
    ])
    error_message = "The dashboard does not show every queue."
  }
}

run "services_load_balancer_sources_and_ses_have_their_alarms" {
  variables {
    queues             = run.topology.queues
    dead_letter_queues = run.topology.dead_letter_queues
    services           = { worker = { cluster_name = "attache", service_name = "attache-worker" } }
    load_balancer      = { arn_suffix = "app/attache/50dc6c495c0c9188" }
    sources            = ["crm"]
    ses                = true
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttachePagesRefused"].dimensions.LoadBalancer == "app/attache/50dc6c495c0c9188"
    error_message = "The alarm of the pages does not watch the load balancer."
  }
  assert {
    condition = toset(flatten([for query in aws_cloudwatch_metric_alarm.this["AttacheWorkerDown-worker"].metric_query : [
      for it in query.metric : [for name, value in it.dimensions : "${name}=${value}"]
    ]])) == toset(["ClusterName=attache", "ServiceName=attache-worker"])
    error_message = "The alarm of the tasks does not watch the service."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttacheSourceMailLimit-crm"].dimensions == tomap({ alarm = "source-mail-limit", source = "crm" })
    error_message = "The alarm of a source does not watch it."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttacheBounceRate"].threshold == 0.04 && aws_cloudwatch_metric_alarm.this["AttacheBounceRate"].treat_missing_data == "ignore"
    error_message = "The alarm of bounces must keep its state while no mail is sent."
  }
}

run "the_threshold_of_age_follows_the_lifetime_of_links" {
  command = plan
  variables {
    queues                = run.topology.queues
    dead_letter_queues    = run.topology.dead_letter_queues
    link_lifetime_seconds = 7200
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["AttacheOldestMessage-email-deliveries"].threshold == 300
    error_message = "Links of two hours: five minutes is the threshold."
  }
}

run "an_age_near_the_lifetime_of_links_is_refused" {
  command = plan
  variables {
    queues                 = run.topology.queues
    dead_letter_queues     = run.topology.dead_letter_queues
    link_lifetime_seconds  = 7200
    oldest_message_seconds = 3600
  }

  expect_failures = [var.oldest_message_seconds]
}

run "a_bounce_rate_at_which_ses_reviews_the_account_already_is_refused" {
  command = plan
  variables {
    queues             = run.topology.queues
    dead_letter_queues = run.topology.dead_letter_queues
    bounce_rate        = 0.06
    complaint_rate     = 0.002
  }

  expect_failures = [var.bounce_rate, var.complaint_rate]
}

run "actions_of_your_own_replace_the_topic" {
  command = plan
  variables {
    queues             = run.topology.queues
    dead_letter_queues = run.topology.dead_letter_queues
    create_topic       = false
    create_dashboard   = false
    alarm_actions      = { critical = ["arn:aws:sns:eu-central-1:111122223333:pager"] }
    runbook_url        = "https://wiki.example.com/attache/runbook.md"
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.this["AttacheNoWorker"].alarm_actions) == toset(["arn:aws:sns:eu-central-1:111122223333:pager"])
    error_message = "A critical alarm does not have the critical action."
  }
  assert {
    condition     = length(coalesce(aws_cloudwatch_metric_alarm.this["AttacheBreakerOpen-s3"].alarm_actions, [])) == 0
    error_message = "A warning has an action that was given for critical alarms."
  }
  assert {
    condition     = endswith(aws_cloudwatch_metric_alarm.this["AttacheNoWorker"].alarm_description, "https://wiki.example.com/attache/runbook.md#a-worker-is-down")
    error_message = "The description does not lead to the operators' runbook."
  }
  assert {
    condition     = length(aws_sns_topic.alarms) == 0 && length(aws_cloudwatch_dashboard.this) == 0
    error_message = "A topic or a dashboard is created that nobody wanted."
  }
}

run "emails_without_a_topic_are_refused" {
  command = plan
  variables {
    queues             = run.topology.queues
    dead_letter_queues = run.topology.dead_letter_queues
    create_topic       = false
    emails             = ["operators@example.com"]
  }

  expect_failures = [var.emails]
}
