mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:attache/operator-AbCdEf" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  mail_from = "files@example.com"
}

run "as_it_stands_there_is_everything_but_services_and_load_balancer" {
  command = plan

  assert {
    condition     = local.bucket_name == "attache-111122223333-eu-central-1"
    error_message = "The bucket's name must be one that no other account has."
  }
  assert {
    condition     = length(output.services) == 0 && output.pages_url == null
    error_message = "Without an image there are no services, and without a domain no pages."
  }
  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && !aws_ecr_repository.this.force_delete
    error_message = "An image that was pushed must stay as it is."
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && length(aws_vpc_endpoint.interface) == 0
    error_message = "There must be one NAT gateway, and the gateway endpoint of S3."
  }
  assert {
    condition     = length(distinct(concat(aws_subnet.public[*].cidr_block, aws_subnet.private[*].cidr_block))) == 4 && length(distinct(aws_subnet.private[*].availability_zone)) == 2
    error_message = "There must be four subnets in two zones."
  }
  assert {
    condition     = !anytrue(aws_subnet.public[*].map_public_ip_on_launch)
    error_message = "Nothing gets a public address by itself."
  }
  assert {
    condition     = toset(keys(output.queue_urls)) == toset(keys(yamldecode(file("../../../topology.yaml")).queues))
    error_message = "The queues must be those of topology.yaml."
  }
}

run "mails_lead_to_s3_without_a_domain_and_to_pages_with_one" {
  command = plan

  assert {
    condition     = local.environment["ATTACHE_SOURCES_CRM_MAILLINKS"] == "direct"
    error_message = "Without a domain, nobody could open a page."
  }
}

run "with_a_domain_there_are_pages_with_tls" {
  command = plan
  variables {
    domain_name         = "links.example.com"
    zone_id             = "Z0123456789"
    image               = "attache:1"
    separate_services   = true
    nat_gateways        = "per-zone"
    interface_endpoints = ["sqs", "sns"]
  }

  assert {
    condition     = output.pages_url == "https://links.example.com" && length(aws_acm_certificate.this) == 1 && length(aws_route53_record.pages) == 1
    error_message = "The pages need a certificate and a name."
  }
  assert {
    condition     = !contains(keys(local.environment), "ATTACHE_SOURCES_CRM_MAILLINKS")
    error_message = "Mails must lead to pages."
  }
  assert {
    condition     = toset(keys(output.services)) == toset(["worker", "pages", "console"])
    error_message = "There must be three services."
  }
  assert {
    condition     = !contains(keys(try(local.services.pages.secrets, {})), "ATTACHE_CONSOLE_USERS_OPERATOR_PASSWORD") && contains(keys(local.services.console.secrets), "ATTACHE_CONSOLE_USERS_OPERATOR_PASSWORD")
    error_message = "Only the console knows the passwords of its users."
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 2 && aws_vpc_endpoint.interface["sqs"].service_name == "com.amazonaws.eu-central-1.sqs" && aws_vpc_endpoint.interface["sns"].private_dns_enabled
    error_message = "The network must be the one that was asked for."
  }
}

run "an_existing_certificate_is_used" {
  command = plan
  variables {
    domain_name     = "links.example.com"
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/1"
  }

  assert {
    condition     = length(aws_acm_certificate.this) == 0 && length(aws_route53_record.pages) == 0
    error_message = "Without a zone, no record can be created."
  }
}

run "a_domain_without_a_certificate_is_refused" {
  command = plan
  variables {
    domain_name = "links.example.com"
  }

  expect_failures = [var.certificate_arn]
}

run "a_relay_is_used_in_place_of_ses" {
  command = plan
  variables {
    smtp = { host = "relay.example.com", username = "attache", password_secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf" }
  }

  assert {
    condition     = local.services.attache.secrets["SPRING_MAIL_PASSWORD"] == "arn:aws:secretsmanager:eu-central-1:111122223333:secret:relay-AbCdEf"
    error_message = "The relay's password must come from its secret."
  }
  assert {
    condition     = local.services.attache.environment["SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED"] == "true"
    error_message = "Mails must not be sent without TLS."
  }
}

run "a_second_installation_has_names_of_its_own" {
  command = plan
  variables {
    name = "staging"
  }

  assert {
    condition     = module.attache.name_prefix == "staging-" && alltrue([for it in values(module.attache.queues) : startswith(it.name, "staging-")]) && alltrue([for it in values(module.attache.topics) : startswith(it.name, "staging-")])
    error_message = "With the same names, Terraform would take the queues and topics of the first installation, and delete them with the second."
  }
  assert {
    condition     = alltrue([for it in values(module.monitoring.alarms) : startswith(it.name, "staging-")]) && output.dashboard == "staging-attache"
    error_message = "With the same names, alarms and dashboard would replace those of the first installation."
  }
}

run "in_the_sandbox_of_ses_workers_may_send_to_verified_recipients" {
  command = plan
  variables {
    mail_from = "Acme <files@example.com>"
    ses       = { test_recipients = ["ana@example.com"] }
  }
  override_resource {
    target          = aws_sesv2_email_identity.test_recipients
    override_during = plan
    values          = { arn = "arn:aws:ses:eu-central-1:111122223333:identity/ana@example.com" }
  }

  assert {
    condition     = keys(aws_sesv2_email_identity.test_recipients) == ["ana@example.com"]
    error_message = "SES must ask the recipient for a confirmation."
  }
  assert {
    condition = jsonencode(local.policy_statements) == jsonencode({ worker = [{
      Sid       = "SendToTestRecipients"
      Effect    = "Allow"
      Action    = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource  = ["arn:aws:ses:eu-central-1:111122223333:identity/ana@example.com"]
      Condition = { StringEquals = { "ses:FromAddress" = "files@example.com" } }
    }] })
    error_message = "SES checks the permission on the identities of recipients, and the worker must send from its own address alone."
  }
}

run "the_identity_may_exist" {
  command = plan
  variables {
    zone_id = "Z0123456789"
    ses     = { create_identity = false }
  }

  assert {
    condition     = length(output.dns_records) == 0
    error_message = "The records of an identity that exists must not be created again."
  }
}

run "the_domain_may_have_a_dmarc_record" {
  command = plan
  variables {
    zone_id = "Z0123456789"
    ses     = { dmarc = "" }
  }

  assert {
    condition     = length(output.dns_records) == 3
    error_message = "There must be the three records of DKIM and no other: Route 53 refuses a second record with the name."
  }
}
