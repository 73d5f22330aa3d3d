variable "name" {
  description = "The name of cluster, load balancer, log group and roles, and the beginning of the services' names."
  type        = string
  default     = "attache"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,26}[a-z0-9]$", var.name)) && !startswith(var.name, "internal-")
    error_message = "name must be 2 to 28 of a-z, 0-9 and -, begin with a letter and end with a letter or digit: load balancers allow no more."
  }
}

variable "tags" {
  description = "Tags of all resources, and of tasks."
  type        = map(string)
  default     = {}
  nullable    = false
}

# --- from the root module ---------------------------------------------------------------------------------------------

variable "queues" {
  description = "The queues that the worker receives from: the root module's output `queues`."
  type        = map(object({ name = string }))
  nullable    = false
}

variable "role_arns" {
  description = "The IAM roles of the tasks: the root module's output `role_arns`. A service with one of Attaché's roles has the IAM role of that name, another one has `all`."
  type        = map(string)
  nullable    = false
}

variable "environment" {
  description = "Environment variables of all tasks: the root module's output `environment`."
  type        = map(string)
  nullable    = false
}

variable "secrets" {
  description = "Environment variables of all tasks whose values are secret, by name an ARN in the form of ECS's `valueFrom`: the root module's output `secrets`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "secrets must be ARNs of Secrets Manager or of Systems Manager's parameters, not the values themselves."
  }
}

variable "worker_secrets" {
  description = "As `secrets`, for services with the role worker: the root module's output `worker_secrets`."
  type        = map(string)
  default     = {}
  nullable    = false
}

# --- tasks ------------------------------------------------------------------------------------------------------------

variable "image" {
  description = "Attaché's image, best with its digest. With null everything is created but the services, for a repository that is empty yet."
  type        = string
  default     = null
}

variable "services" {
  description = <<-EOT
    The ECS services, by name:
      `roles`: Attaché's roles (`attache.roles`): worker, pages and console by default;
      `cpu`, `memory`: of a task, in the units of Fargate;
      `min_tasks`, `max_tasks`: the number of tasks. Two, in different zones, keep the pages available when a zone fails;
      `environment`, `secrets`: further variables of this service;
      `task_role_arn`: another IAM role than that of `role_arns`.
  EOT
  type = map(object({
    roles         = optional(set(string), ["worker", "pages", "console"])
    cpu           = optional(number, 256)
    memory        = optional(number, 512)
    min_tasks     = optional(number, 2)
    max_tasks     = optional(number, 10)
    environment   = optional(map(string), {})
    secrets       = optional(map(string), {})
    task_role_arn = optional(string)
  }))
  default  = { attache = {} }
  nullable = false

  validation {
    condition     = alltrue([for it in values(var.services) : length(it.roles) > 0 && length(setsubtract(it.roles, ["worker", "pages", "console"])) == 0])
    error_message = "services: each needs at least one role of worker, pages and console."
  }
  validation {
    condition     = alltrue([for it in values(var.services) : it.memory >= 512])
    error_message = "services: memory must be 512 or more, which infra/java.args is made for."
  }
  validation {
    condition     = alltrue([for it in values(var.services) : it.min_tasks >= 1 && it.min_tasks <= it.max_tasks])
    error_message = "services: min_tasks must be 1 or more and at most max_tasks: without a task, no metrics say when to start one."
  }
  validation {
    condition     = var.load_balancer == null ? true : length([for it in values(var.services) : it if contains(it.roles, "pages")]) == 1
    error_message = "services: with a load_balancer, exactly one service must have the role pages."
  }
}

variable "cpu_architecture" {
  description = "The image's architecture: `X86_64` or `ARM64`."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "cpu_architecture must be X86_64 or ARM64."
  }
}

variable "stop_timeout" {
  description = "For how many seconds ECS waits between SIGTERM and SIGKILL. Longer than a stop of the worker: 28 seconds for its inputs, then 28 for its pages. Fargate allows 120."
  type        = number
  default     = 75
  nullable    = false

  validation {
    condition     = var.stop_timeout > 56 && var.stop_timeout <= 120
    error_message = "stop_timeout must be 57 to 120 seconds: a shorter one kills workers before messages in flight are settled, and Fargate allows no longer one."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps logs. They contain ids of events and keys of objects, and no addresses of people."
  type        = number
  default     = 30
  nullable    = false
}

variable "log_kms_key_arn" {
  description = "The KMS key of the log group, whose policy must let CloudWatch Logs use it; null encrypts with a key of AWS."
  type        = string
  default     = null
}

variable "ecr_repository_arn" {
  description = "The repository that the image is pulled from; null for an image that needs no permission."
  type        = string
  default     = null
}

variable "secrets_kms_key_arns" {
  description = "KMS keys of the account's own with which `secrets` are encrypted."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the execution role, if the account requires one."
  type        = string
  default     = null
}

# --- cluster and network ----------------------------------------------------------------------------------------------

variable "create_cluster" {
  description = "Whether a cluster is created, with Container Insights, whose number of tasks the services scale by."
  type        = bool
  default     = true
  nullable    = false
}

variable "cluster_arn" {
  description = "With `create_cluster = false`: the cluster. It must have Container Insights."
  type        = string
  default     = null

  validation {
    condition     = var.create_cluster == (var.cluster_arn == null)
    error_message = "Either create_cluster must be true, or cluster_arn given."
  }
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "The tasks' subnets: private ones, in two zones or more, from which AWS and the mail relay can be reached."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "subnet_ids must not be empty."
  }
}

variable "egress_ports" {
  description = "TCP ports that tasks may connect to: AWS and OpenID providers at 443, a mail relay at 587 or 465. Amazon's DNS needs no rule."
  type        = set(number)
  default     = [443, 587]
  nullable    = false
}

variable "management_cidr_blocks" {
  description = "Networks of operators and of Prometheus, which may reach port 8081: actuator and console. Not the Internet."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for block in var.management_cidr_blocks : can(cidrhost(block, 0)) && try(tonumber(split("/", block)[1]) > 0, false)])
    error_message = "management_cidr_blocks must be networks in CIDR form, and not all addresses."
  }
}

# --- load balancer ----------------------------------------------------------------------------------------------------

variable "load_balancer" {
  description = <<-EOT
    The load balancer of the pages; null for none.
      `certificate_arn`: the certificate in ACM, for HTTPS;
      `subnet_ids`: public subnets, in two zones or more;
      `ingress_cidr_blocks`: who may open pages; everybody by default;
      `internal`: whether it has private addresses only;
      `ssl_policy`: protocols and ciphers;
      `idle_timeout`: after how many seconds it closes an unused connection. Tasks keep theirs for 15 seconds longer;
      `deletion_protection`: whether AWS refuses to delete it;
      `access_logs`: a bucket, and a prefix, for its access logs. They have the addresses of pages, which are secrets.
  EOT
  type = object({
    certificate_arn     = string
    subnet_ids          = list(string)
    ingress_cidr_blocks = optional(set(string), ["0.0.0.0/0"])
    internal            = optional(bool, false)
    ssl_policy          = optional(string, "ELBSecurityPolicy-TLS13-1-2-2021-06")
    idle_timeout        = optional(number, 60)
    deletion_protection = optional(bool, true)
    access_logs         = optional(object({ bucket = string, prefix = optional(string) }))
  })
  default = null

  validation {
    condition     = var.load_balancer == null ? true : length(var.load_balancer.subnet_ids) >= 2
    error_message = "load_balancer.subnet_ids must be subnets in two zones or more: AWS makes no Application Load Balancer in one."
  }
  validation {
    condition     = var.load_balancer == null ? true : var.load_balancer.certificate_arn != null
    error_message = "load_balancer.certificate_arn must be given: addresses of pages are secrets, which must not travel without TLS."
  }
}

# --- scaling ----------------------------------------------------------------------------------------------------------

variable "backlog_per_task" {
  description = "How many messages of a queue may wait for each task before tasks are added: the messages that a task handles in a second, times the seconds that a message may wait."
  type        = number
  default     = 1000
  nullable    = false

  validation {
    condition     = var.backlog_per_task >= 1
    error_message = "backlog_per_task must be 1 or more."
  }
}

variable "scale_out_cooldown" {
  description = "Seconds after tasks were added before more are; longer than a task takes to start, because only running tasks count."
  type        = number
  default     = 180
  nullable    = false
}

variable "scale_in_cooldown" {
  description = "Seconds after tasks were removed before more are."
  type        = number
  default     = 300
  nullable    = false
}

variable "pages_cpu_percent" {
  description = "The processor time at which tasks are added to a service with the role pages and without the role worker, which has no backlog."
  type        = number
  default     = 60
  nullable    = false
}

variable "metric_namespace" {
  description = "The namespace of Attaché's metrics in CloudWatch (`attache.cloudwatch.namespace`)."
  type        = string
  default     = "Attache"
  nullable    = false
}
