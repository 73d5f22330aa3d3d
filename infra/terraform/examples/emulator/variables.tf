variable "emulator" {
  description = "Which emulator it is: `localstack` or `moto`. Each lacks something that AWS has."
  type        = string
  default     = "localstack"

  validation {
    condition     = contains(["localstack", "moto"], var.emulator)
    error_message = "emulator must be localstack or moto."
  }
}

variable "endpoint" {
  description = "The emulator's address."
  type        = string
  default     = "http://localhost:4566"
}

variable "region" {
  description = "The emulator's region."
  type        = string
  default     = "us-east-1"
}

variable "bucket_name" {
  description = "The bucket of attachments and of the ledger."
  type        = string
  default     = "attache"
}

variable "name_prefix" {
  description = "The beginning of the names of queues and topics."
  type        = string
  default     = ""
}

variable "pages_url" {
  description = "Where people open the pages."
  type        = string
  default     = "http://localhost:8080"
}

variable "smtp_port" {
  description = "The port of a mail catcher on this machine."
  type        = number
  default     = 1025
}

variable "uploads_days" {
  description = "After how many days files in `uploads/` are deleted; null keeps them."
  type        = number
  default     = null
}

variable "kms" {
  description = "Whether bucket, queues and topics use a KMS key."
  type        = bool
  default     = false
}

variable "signing" {
  description = "Whose credentials sign links: `task`, `role` or `user`."
  type        = string
  default     = "task"
}

variable "environment" {
  description = "Further environment variables of Attaché, such as `ATTACHE_SOURCES_CRM_PREFIXES`."
  type        = map(string)
  default     = {}
}
