# --- names ------------------------------------------------------------------------------------------------------------

variable "name_prefix" {
  description = "The beginning of the names of queues, topics, roles and policies, for several installations in one account and region, such as `staging-`. Two installations with the same prefix would share queues and topics, and destroying one would delete them."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,40}$", var.name_prefix))
    error_message = "name_prefix must consist of letters, digits, - and _, and be at most 40 characters long."
  }
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
  nullable    = false
}

# --- bucket -----------------------------------------------------------------------------------------------------------

variable "bucket_name" {
  description = "The bucket of attachments and of the ledger. Bucket names are shared by all AWS accounts."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name must be 3 to 63 of a-z, 0-9 and -, and begin and end with a letter or digit; Attaché signs links, and a dot breaks TLS for them."
  }
}

variable "create_bucket" {
  description = "Whether the bucket is created. With false, it must exist in the same account and region."
  type        = bool
  default     = true
  nullable    = false
}

variable "manage_bucket" {
  description = "Whether the bucket's settings are managed: policy, public access block, encryption, versioning, ownership, lifecycle, CORS and notifications. S3 stores each of them as a whole, so an existing bucket loses its other rules. The default is `create_bucket`; with false, set what the output `bucket_configuration` lists."
  type        = bool
  default     = null

  validation {
    condition     = var.manage_bucket != false || !var.create_bucket
    error_message = "manage_bucket is false, but a bucket that this module creates needs its settings; set create_bucket to false as well."
  }
}

variable "pages_url" {
  description = "Where people open the pages, such as `https://links.example.com`. Browsers may upload to the bucket from this origin."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(https://[^/?#]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?)(/[^?#]*)?$", var.pages_url))
    error_message = "pages_url must be an https URL without query and fragment; http is accepted for localhost only."
  }
}

variable "cors_origins" {
  description = "Further origins from which browsers may upload, such as that of a web application of your own: `https://crm.example.com`."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[^/?#*]+$", origin))])
    error_message = "Each of cors_origins must be a scheme and a host without a path or *, such as https://crm.example.com."
  }
}

variable "uploads_days" {
  description = "After how many days S3 deletes files in `uploads/`; null keeps them until you delete them. Links and pages of a received file end with it, whatever time they state."
  type        = number
  default     = null

  validation {
    condition     = var.uploads_days == null ? true : var.uploads_days >= 1 && floor(var.uploads_days) == var.uploads_days
    error_message = "uploads_days must be a whole number, 1 or more, or null."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` deletes the bucket's objects with it, and the signing user's secret at once. The objects include the installation's keys and files that people have sent."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_log" {
  description = "Where S3 writes the bucket's access log, which says who downloaded: `bucket`, whose policy must allow it, and `prefix`."
  type = object({
    bucket = string
    prefix = optional(string, "attache/")
  })
  default = null
}

variable "bucket_policy_statements" {
  description = "Further statements of the bucket's policy, as objects in the form of IAM's JSON."
  type        = any
  default     = []
  nullable    = false
}

# --- encryption -------------------------------------------------------------------------------------------------------

variable "kms" {
  description = <<-EOT
    With null, S3 encrypts with AES256 and SQS with keys of its own; SNS encrypts its disks only. With an object,
    bucket, queues and topics use one KMS key:
      `create`: whether the key is created. With false, give `key_arn`;
        the output `kms_key_policy` has the statements that the key's policy needs;
      `key_arn`: an existing key, by ARN;
      `administrators`: ARNs of principals that may manage the created key, among them whoever runs Terraform: KMS refuses
        a key that its creator could not manage. Without any, the account's IAM policies decide;
      `deletion_window_in_days`: how long a deleted key can be restored, 7 to 30;
      `bucket_key`: whether S3 uses a bucket key, which saves calls to KMS.
  EOT
  type = object({
    create                  = optional(bool, true)
    key_arn                 = optional(string)
    administrators          = optional(list(string), [])
    deletion_window_in_days = optional(number, 30)
    bucket_key              = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.kms == null ? true : var.kms.create == (var.kms.key_arn == null)
    error_message = "kms needs either create = true, or create = false and key_arn."
  }
  validation {
    condition     = try(var.kms.key_arn, null) == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms.key_arn))
    error_message = "kms.key_arn must be the ARN of a key, not an alias: policies name keys."
  }
}

# --- queues and topics ------------------------------------------------------------------------------------------------

variable "senders" {
  description = <<-EOT
    Who may send to the queues that receive from other systems, `attachment-requests` and `purchases-completed`. Roles and
    users of the same account may also be allowed by the output `policies["upstream"]` alone.
      `principals`: account ids, or ARNs of roles and users;
      `sources`: topics, EventBridge rules or other resources whose service sends on their behalf: `service` such as
        `events.amazonaws.com`, and `arn`.
  EOT
  type = map(object({
    principals = optional(list(string), [])
    sources    = optional(list(object({ service = string, arn = string })), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for queue in keys(var.senders) : contains(["attachment-requests", "purchases-completed"], queue)])
    error_message = "senders may name attachment-requests and purchases-completed only: the worker, S3 and SNS alone send to the other queues."
  }
  validation {
    condition = alltrue(flatten([for sender in values(var.senders) : [
      for principal in sender.principals : can(regex("^([0-9]{12}|arn:[a-z-]+:(iam|sts)::[0-9]{12}:.+)$", principal))
    ]]))
    error_message = "Each of senders' principals must be an account id of 12 digits, or the ARN of a role or user; * is not accepted."
  }
  validation {
    condition = alltrue(flatten([for sender in values(var.senders) : [
      for source in sender.sources : can(regex("^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]+:[0-9]{12}:.+$", source.arn)) && can(regex("\\.amazonaws\\.com(\\.cn)?$", source.service))
    ]]))
    error_message = "Each of senders' sources needs a service such as events.amazonaws.com, and an arn with region and account."
  }
}

variable "subscribers" {
  description = "Who may subscribe to a topic from outside of this module: by topic, account ids or ARNs of roles and users. `attachment-events` is for other systems. Messages on `deliveries` contain addresses and signed links."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for topic in keys(var.subscribers) : contains(["attachment-events", "deliveries"], topic)])
    error_message = "subscribers may name the topics attachment-events and deliveries."
  }
  validation {
    condition     = alltrue([for principal in flatten(values(var.subscribers)) : can(regex("^([0-9]{12}|arn:[a-z-]+:(iam|sts)::[0-9]{12}:.+)$", principal))])
    error_message = "Each of subscribers must be an account id of 12 digits, or the ARN of a role or user; * is not accepted."
  }
}

variable "queue_policy_statements" {
  description = "Further statements of queues' policies: by queue, such as `attachment-requests` or `attachment-requests-dlq`, a list of objects in the form of IAM's JSON. `Resource` is added."
  type        = any
  default     = {}
  nullable    = false
}

variable "topic_policy_statements" {
  description = "Further statements of topics' policies, as `queue_policy_statements`."
  type        = any
  default     = {}
  nullable    = false
}

variable "dead_letter_maximum_message_size" {
  description = "The `MaximumMessageSize` of dead-letter queues in bytes; null takes that of topology.yaml, 1 MiB, so that the reason can be added to the largest message. Versions of the provider before 6.8.0 accept 262144 at most."
  type        = number
  default     = null

  validation {
    condition     = var.dead_letter_maximum_message_size == null ? true : var.dead_letter_maximum_message_size >= 262144 && var.dead_letter_maximum_message_size <= 1048576
    error_message = "dead_letter_maximum_message_size must be 262144 to 1048576: a dead-letter queue must accept what its queue accepts."
  }
}

variable "redrive_allow_policies" {
  description = "Whether dead-letter queues accept messages of their own queue only. moto does not return the policy, and the provider waits for it."
  type        = bool
  default     = true
  nullable    = false
}

# --- roles ------------------------------------------------------------------------------------------------------------

variable "create_roles" {
  description = "Whether IAM roles and policies are created. The output `policies` has the policies in either case."
  type        = bool
  default     = true
  nullable    = false
}

variable "roles" {
  description = "The IAM roles to create: `all` for processes with all of Attaché's roles; `worker`, `pages` and `console` for services that run one of them."
  type        = set(string)
  default     = ["all", "worker", "pages", "console"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.roles, ["all", "worker", "pages", "console"])) == 0
    error_message = "roles may contain all, worker, pages and console."
  }
}

variable "role_trust" {
  description = <<-EOT
    Who may assume the roles:
      `ecs`: tasks of ECS in this account and region;
      `irsa`: service accounts of a Kubernetes cluster with an OpenID provider: its ARN, and by role a list of `namespace:name`;
      `pod_identity`: EKS Pod Identity: the cluster's ARN, and by role a list of `namespace:name`, for which associations are made;
      `principals`: ARNs of other roles or users.
  EOT
  type = object({
    ecs = optional(bool, true)
    irsa = optional(object({
      provider_arn     = string
      service_accounts = map(list(string))
    }))
    pod_identity = optional(object({
      cluster_arn      = string
      service_accounts = map(list(string))
    }))
    principals = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = try(var.role_trust.irsa, null) == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/.+$", var.role_trust.irsa.provider_arn))
    error_message = "role_trust.irsa.provider_arn must be the ARN of an OpenID provider in IAM."
  }
  validation {
    condition     = try(var.role_trust.pod_identity, null) == null ? true : can(regex("^arn:[a-z-]+:eks:[a-z0-9-]+:[0-9]{12}:cluster/.+$", var.role_trust.pod_identity.cluster_arn))
    error_message = "role_trust.pod_identity.cluster_arn must be the ARN of an EKS cluster."
  }
  validation {
    condition = alltrue([for account in concat(
      flatten(try(values(var.role_trust.irsa.service_accounts), [])),
      flatten(try(values(var.role_trust.pod_identity.service_accounts), []))
    ) : can(regex("^[a-z0-9-]+:[a-z0-9.-]+$", account))])
    error_message = "Service accounts are written namespace:name, and without *."
  }
}

variable "iam_name_prefix" {
  description = "The beginning of the names of roles, users and policies, which are shared by all regions of an account; null takes `name_prefix` with `attache-`."
  type        = string
  default     = null
}

variable "role_path" {
  description = "The path of roles, users and policies in IAM."
  type        = string
  default     = "/"
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of roles and users, if the account requires one."
  type        = string
  default     = null
}

variable "policy_statements" {
  description = "Further statements by role (`worker`, `pages`, `console`, `signer`), as objects in the form of IAM's JSON; for example the buckets of other sources. Those of an IAM role are one policy, of 6,144 characters at most."
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for role in keys(var.policy_statements) : contains(["worker", "pages", "console", "signer"], role)])
    error_message = "policy_statements may name worker, pages, console and signer."
  }
}

variable "signing" {
  description = <<-EOT
    Whose credentials sign links, which decides how long links can live; README.md has a table:
      `task`: the process's own role;
      `role`: a role of its own, which the process assumes;
      `user`: an IAM user, which the process then uses for all its calls. Its access key is not created here; put it into the
        secret in the output `signing_user`.
  EOT
  type        = string
  default     = "task"
  nullable    = false

  validation {
    condition     = contains(["task", "role", "user"], var.signing)
    error_message = "signing must be task, role or user."
  }
}

variable "signing_session" {
  description = "How long a session of the signing role is, in seconds; with `signing = \"role\"` only. AWS allows 3600 at most if the process's own credentials are those of a role."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.signing_session >= 900 && var.signing_session <= 43200
    error_message = "signing_session must be 900 to 43200 seconds: 15 minutes to 12 hours."
  }
}

variable "tag_uploads" {
  description = "Whether uploads have tags (`attache.uploads.tags`, or those of a source), which need a permission of their own."
  type        = bool
  default     = false
  nullable    = false
}

# --- mail -------------------------------------------------------------------------------------------------------------

variable "mail" {
  description = <<-EOT
    How mails are sent:
      `from`: the sender's address, such as `files@example.com` or `Acme <files@example.com>`;
      `transport`: `smtp` or `ses`;
      `smtp`: the relay's host and port. Put user and password into `secrets`;
      `ses`: an identity of Amazon SES; null leaves SES alone.
        `create_identity`: whether the identity of `domain` is created; with false it must exist;
        `domain`: the identity's domain; that of `from` by default;
        `mail_from_domain`: a subdomain for bounces, so that SPF is aligned with `from`;
        `zone_id`: a Route 53 zone in which the records for DKIM, SPF and DMARC are created. Without it, the output
          `dns_records` lists them;
        `dmarc`: the DMARC record of `domain`; `""` if the domain has one.
  EOT
  type = object({
    from      = string
    transport = optional(string, "smtp")
    smtp = optional(object({
      host = string
      port = optional(number, 587)
    }))
    ses = optional(object({
      create_identity  = optional(bool, true)
      domain           = optional(string)
      mail_from_domain = optional(string)
      zone_id          = optional(string)
      dmarc            = optional(string, "v=DMARC1; p=none")
    }))
  })
  nullable = false

  validation {
    condition     = contains(["smtp", "ses"], var.mail.transport)
    error_message = "mail.transport must be smtp or ses."
  }
  validation {
    condition     = can(regex("^([^<>\"]*<)?[^@<>\\s]+@[^@<>\\s]+>?$", var.mail.from))
    error_message = "mail.from must be an address, optionally with a name: Acme <files@example.com>."
  }
}

# --- the process ------------------------------------------------------------------------------------------------------

variable "environment" {
  description = "Further environment variables of the process, such as `ATTACHE_SOURCES_CRM_PREFIXES`. They replace those of the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "secrets" {
  description = "Environment variables whose values are secret, such as `SPRING_MAIL_PASSWORD`: by name, the ARN of a secret in Secrets Manager or of a parameter, in the form of ECS's `valueFrom`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "secrets must be ARNs of Secrets Manager or of Systems Manager's parameters, not the values themselves."
  }
}

variable "cloudwatch_metrics" {
  description = "Whether the process publishes its metrics to CloudWatch, from which modules/monitoring raises alarms and modules/service scales."
  type        = bool
  default     = true
  nullable    = false
}
