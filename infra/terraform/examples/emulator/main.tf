# Attaché on LocalStack or moto.
terraform {
  required_version = "~> 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region     = var.region
  access_key = "test"
  secret_key = "test"

  # An emulator has one address for all services, knows no regions but those, and buckets are in the path.
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  max_retries                 = 3

  endpoints {
    eks            = var.endpoint
    iam            = var.endpoint
    kms            = var.endpoint
    s3             = var.endpoint
    secretsmanager = var.endpoint
    sesv2          = var.endpoint
    sns            = var.endpoint
    sqs            = var.endpoint
    sts            = var.endpoint
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

module "attache" {
  source = "../.."

  bucket_name = "attache"
  pages_url   = "http://localhost:8080"
  mail        = { from = "attache@example.com", smtp = { host = "localhost", port = 1025 } }

  force_destroy      = true
  cloudwatch_metrics = false

  # This version of the provider accepts no more.
  dead_letter_maximum_message_size = 262144
}

output "environment" {
  description = "Environment variables of Attaché."
  value       = module.attache.environment
}
