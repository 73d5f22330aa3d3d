# --- what is watched --------------------------------------------------------------------------------------------------

variable "name_prefix" {
  description = "The beginning of the names of alarms, dashboard and topic: that of the root module."
  type        = string
  default     = ""
  nullable    = false
}

variable "queues" {
  description = "The queues that the worker receives from: the root module's output `queues`."
  type        = map(object({ name = string }))
  nullable    = false

  validation {
    condition     = length(var.queues) > 0
    error_message = "queues must be the output of the root module; without queues there is nothing to watch."
  }
}

variable "dead_letter_queues" {
  description = "The dead-letter queues by the name of their queue, and the queues of messages that SNS could not deliver by their own: the root module's output `dead_letter_queues`."
  type        = map(object({ name = string }))
  nullable    = false
}

variable "services" {
  description = "The ECS services, the output `services` of modules/service: by name, `cluster_name` and `service_name`. They need Container Insights. Empty if Attaché runs elsewhere."
  type        = map(object({ cluster_name = string, service_name = string }))
  default     = {}
  nullable    = false
}

variable "load_balancer" {
  description = "The load balancer of the pages, the output `load_balancer` of modules/service; null without one."
  type        = object({ arn_suffix = string })
  default     = null
}

variable "sources" {
  description = "The names of the sources that have a limit of mails (`attache.sources.<name>.mails-per-hour`)."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "ses" {
  description = "Whether mails are sent with Amazon SES. Its bounce and complaint rates are those of the whole account in this region."
  type        = bool
  default     = false
  nullable    = false
}

variable "metric_namespace" {
  description = "The namespace of Attaché's metrics in CloudWatch (`attache.cloudwatch.namespace`)."
  type        = string
  default     = "Attache"
  nullable    = false
}

# --- thresholds -------------------------------------------------------------------------------------------------------

variable "link_lifetime_seconds" {
  description = "How long links live: the shortest `default-expiry` of your sources. The lifetime begins with the request, so a message must not wait for long."
  type        = number
  default     = 86400
  nullable    = false

  validation {
    condition     = var.link_lifetime_seconds >= 60
    error_message = "link_lifetime_seconds must be 60 or more; Attaché signs no link for less."
  }
}

variable "oldest_message_seconds" {
  description = "How old a waiting message may be before `AttacheOldestMessage` is raised; null takes a twenty-fourth of `link_lifetime_seconds`, which is an hour for links of a day."
  type        = number
  default     = null

  validation {
    condition     = var.oldest_message_seconds == null ? true : var.oldest_message_seconds > 0 && var.oldest_message_seconds <= var.link_lifetime_seconds / 4
    error_message = "oldest_message_seconds must be at most a quarter of link_lifetime_seconds: later, links have lost too much of their lifetime before anybody knows."
  }
}

variable "bounce_rate" {
  description = "The bounce rate of SES, as a share, from which `AttacheBounceRate` is raised. Amazon SES reviews accounts at 0.05."
  type        = number
  default     = 0.04
  nullable    = false

  validation {
    condition     = var.bounce_rate > 0 && var.bounce_rate <= 0.05
    error_message = "bounce_rate must be above 0 and at most 0.05, where Amazon SES reviews the account."
  }
}

variable "complaint_rate" {
  description = "The complaint rate of SES, as a share, from which `AttacheComplaintRate` is raised. Amazon SES reviews accounts at 0.001."
  type        = number
  default     = 0.0008
  nullable    = false

  validation {
    condition     = var.complaint_rate > 0 && var.complaint_rate <= 0.001
    error_message = "complaint_rate must be above 0 and at most 0.001, where Amazon SES reviews the account."
  }
}

# --- who is told ------------------------------------------------------------------------------------------------------

variable "create_topic" {
  description = "Whether an SNS topic is created to which all alarms are published."
  type        = bool
  default     = true
  nullable    = false
}

variable "emails" {
  description = "Addresses that the created topic sends alarms to. Amazon SNS asks each of them for a confirmation first."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.emails) == 0 || var.create_topic
    error_message = "emails need create_topic = true."
  }
}

variable "topic_kms_key_arn" {
  description = "The KMS key of the created topic, whose policy must let cloudwatch.amazonaws.com use it; null stores alarms unencrypted. They contain names of queues and services, and no personal data."
  type        = string
  default     = null
}

variable "alarm_actions" {
  description = "Further actions by severity, ARNs such as those of topics: `critical` (somebody should look now) and `warning` (today)."
  type = object({
    critical = optional(list(string), [])
    warning  = optional(list(string), [])
  })
  default  = {}
  nullable = false
}

variable "runbook_url" {
  description = "Where your operators read docs/runbook.md, such as `https://wiki.example.com/attache/runbook.md`. The section is added."
  type        = string
  default     = "docs/runbook.md"
  nullable    = false
}

variable "create_dashboard" {
  description = "Whether the dashboard is created."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of alarms and topic."
  type        = map(string)
  default     = {}
  nullable    = false
}
