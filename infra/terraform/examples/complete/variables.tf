variable "mail_from" {
  description = "The sender's address, such as `files@example.com`. Amazon SES verifies its domain."
  type        = string
  nullable    = false
}

variable "image" {
  description = "Attaché's image, best with its digest. Without it everything is created but the services: push the image into the created repository, and apply again."
  type        = string
  default     = null
}

variable "cpu_architecture" {
  description = "The image's architecture, that of the machine which builds it: `X86_64`, or `ARM64` as of Macs with Apple silicon."
  type        = string
  default     = "X86_64"
  nullable    = false
}

variable "region" {
  description = "The region; null takes that of the environment or the profile."
  type        = string
  default     = null
}

variable "name" {
  description = "The name of what is created. A second installation in the account needs another: IAM's names are those of all regions, and SQS and SNS give Terraform the queues and topics that exist with a name."
  type        = string
  default     = "attache"
  nullable    = false
}

variable "bucket_name" {
  description = "The bucket; null makes a name of `name`, account and region, because bucket names are shared by all AWS accounts."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = { application = "attache" }
  nullable    = false
}

# --- pages ------------------------------------------------------------------------------------------------------------

variable "domain_name" {
  description = "Where people open the pages, such as `links.example.com`. Without it there is no load balancer: mails of the source `crm` lead to S3 directly, and there are no upload pages."
  type        = string
  default     = null
}

variable "zone_id" {
  description = "The Route 53 zone of `domain_name` and of the domain of `mail_from`, in which the records for certificate, pages and Amazon SES are created. Without it, create those of the outputs yourself."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "An existing certificate in ACM for `domain_name`; with `zone_id` one is made if this is null."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null || var.certificate_arn != null || var.zone_id != null
    error_message = "domain_name needs certificate_arn, or zone_id in which a certificate can be validated: the addresses of pages are secrets, and need TLS."
  }
}

# --- mail and settings ------------------------------------------------------------------------------------------------

variable "smtp" {
  description = "A mail relay instead of Amazon SES: host, port, user, and the ARN of a secret in Secrets Manager with the password as its text."
  type = object({
    host                = string
    port                = optional(number, 587)
    username            = string
    password_secret_arn = string
  })
  default = null
}

variable "ses" {
  description = <<-EOT
    Amazon SES, unless `smtp` is given:
      `create_identity`: whether the identity of the domain of `mail_from` is created; with false it must exist;
      `dmarc`: the DMARC record of that domain; `""` if the domain has one;
      `test_recipients`: addresses that mails are sent to while SES is in its sandbox. SES asks each of them for a confirmation.
  EOT
  type = object({
    create_identity = optional(bool, true)
    dmarc           = optional(string, "v=DMARC1; p=none")
    test_recipients = optional(set(string), [])
  })
  default  = {}
  nullable = false
}

variable "environment" {
  description = "Attaché's settings as environment variables. Those of the source `crm` are for the first mail."
  type        = map(string)
  default = {
    ATTACHE_SOURCES_CRM_DISPLAYNAME  = "Customer Relations"
    ATTACHE_SOURCES_CRM_PREFIXES     = "downloads/crm/"
    ATTACHE_SOURCES_CRM_CONTENTTYPES = "application/pdf"
  }
  nullable = false
}

variable "operator_secret_arn" {
  description = "An existing secret with the operator's passwords, a JSON object with `actuator` and `console`; with null an empty one is created, for README.md's command."
  type        = string
  default     = null
}

variable "separate_services" {
  description = "Whether worker, pages and console are three services with permissions of their own, and not one."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms" {
  description = "Whether bucket, queues and topics are encrypted with a KMS key of this account."
  type        = bool
  default     = false
  nullable    = false
}

# --- network ----------------------------------------------------------------------------------------------------------

variable "vpc_cidr" {
  description = "The addresses of the VPC: a network of 16 to 24 bits."
  type        = string
  default     = "10.20.0.0/16"
  nullable    = false
}

variable "nat_gateways" {
  description = "`one` NAT gateway, one `per-zone`, or `none`; then `interface_endpoints` must name everything that tasks call, and mails need a relay within reach."
  type        = string
  default     = "one"
  nullable    = false

  validation {
    condition     = contains(["one", "per-zone", "none"], var.nat_gateways)
    error_message = "nat_gateways must be one, per-zone or none."
  }
}

variable "interface_endpoints" {
  description = "Services of AWS that tasks reach within the VPC and not through the NAT gateway, by the end of their name: sqs, sns, logs, monitoring, ecr.api, ecr.dkr, secretsmanager, sts, kms."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "management_cidr_blocks" {
  description = "Networks that may reach console and actuator at port 8081 of the tasks, such as that of your VPN."
  type        = set(string)
  default     = []
  nullable    = false
}

# --- alarms and deletion ----------------------------------------------------------------------------------------------

variable "alarm_emails" {
  description = "Addresses that alarms are sent to."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "deletable" {
  description = "Whether `terraform destroy` deletes the bucket with all files, the installation's keys and the images, the secrets at once, and the load balancer. For trials only."
  type        = bool
  default     = false
  nullable    = false
}
