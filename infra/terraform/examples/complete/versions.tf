terraform {
  required_version = "1.11.4"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# Credentials and region are those of the AWS SDK: a profile, or AWS_REGION and others.
provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}
