# Attaché on an emulator. The switches below are for what emulators and this version of the provider lack.
module "attache" {
  source = "../.."

  name_prefix  = var.name_prefix
  bucket_name  = var.bucket_name
  pages_url    = var.pages_url
  uploads_days = var.uploads_days
  kms          = var.kms ? {} : null
  signing      = var.signing
  mail = {
    from = "attache@example.com"
    smtp = { host = "127.0.0.1", port = var.smtp_port }
  }

  # Everything goes with terraform destroy.
  force_destroy = true

  # No CloudWatch.
  cloudwatch_metrics = false
  # moto stores the policy and does not return it.
  redrive_allow_policies = var.emulator != "moto"
  # Version 5 of the provider accepts no more.
  dead_letter_maximum_message_size = 262144

  environment = merge({
    AWS_ACCESS_KEY_ID                          = "test"
    AWS_SECRET_ACCESS_KEY                      = "test"
    SPRING_CLOUD_AWS_ENDPOINT                  = var.endpoint
    SPRING_CLOUD_AWS_S3_PATHSTYLEACCESSENABLED = "true"
  }, var.environment)
}
