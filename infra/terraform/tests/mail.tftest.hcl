mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "a_relay_needs_nothing_of_ses" {
  command = plan

  variables {
    mail = { from = "Acme <files@example.com>", smtp = { host = "relay.example.com" } }
  }

  assert {
    condition = alltrue([
      length(aws_sesv2_configuration_set.this) == 0,
      length(aws_sesv2_email_identity.this) == 0,
      output.mail == null,
      length(output.dns_records) == 0,
      !contains(keys(output.policies), "mail-ses"),
    ])
    error_message = "There is something of SES that nobody asked for."
  }
  assert {
    condition = { for name, value in output.environment : name => value if can(regex("MAIL", name)) } == {
      ATTACHE_MAIL_FROM      = "Acme <files@example.com>"
      ATTACHE_MAIL_TRANSPORT = "smtp"
      SPRING_MAIL_HOST       = "relay.example.com"
      SPRING_MAIL_PORT       = "587"
    }
    error_message = "The process does not use the relay."
  }
}

run "the_identitys_configuration_set_measures_reputation_and_tracks_nothing" {
  override_resource {
    target = aws_sesv2_email_identity.this
    values = { dkim_signing_attributes = { tokens = ["a", "b", "c"] } }
  }

  variables {
    mail = { from = "Acme <files@example.com>", transport = "ses", ses = { mail_from_domain = "bounces.example.com" } }
  }

  assert {
    condition = alltrue([
      aws_sesv2_email_identity.this[0].email_identity == "example.com",
      aws_sesv2_email_identity.this[0].configuration_set_name == aws_sesv2_configuration_set.this[0].configuration_set_name,
    ])
    error_message = "The identity is not that of the sender's domain, or uses another configuration set."
  }
  assert {
    condition = alltrue([
      aws_sesv2_configuration_set.this[0].reputation_options[0].reputation_metrics_enabled,
      aws_sesv2_configuration_set.this[0].delivery_options[0].tls_policy == "REQUIRE",
    ])
    error_message = "Bounces are not measured, or mails may be sent without TLS."
  }
  assert {
    condition = alltrue([
      aws_sesv2_configuration_set.this[0].vdm_options[0].dashboard_options[0].engagement_metrics == "DISABLED",
      length(aws_sesv2_configuration_set.this[0].tracking_options) == 0,
    ])
    error_message = "SES tracks who opens mails and links."
  }
  assert {
    condition     = toset(aws_sesv2_configuration_set.this[0].suppression_options[0].suppressed_reasons) == toset(["BOUNCE", "COMPLAINT"])
    error_message = "SES sends again to addresses that bounced or complained."
  }
  assert {
    condition     = output.mail == { identity = "example.com", identity_arn = "arn:aws:ses:eu-central-1:111122223333:identity/example.com", configuration_set = "attache-mails" }
    error_message = "The output differs."
  }
  assert {
    condition = alltrue([
      contains(keys(local.attachments), "worker mail-ses"),
      !contains(keys(local.attachments), "pages mail-ses"),
    ])
    error_message = "Not the worker alone may send mails."
  }
  assert {
    condition     = jsondecode(output.policies["mail-ses"]).Statement[0].Condition.StringEquals["ses:FromAddress"] == "files@example.com"
    error_message = "Mails may be sent from other addresses."
  }
  assert {
    condition = alltrue([
      output.environment["ATTACHE_MAIL_TRANSPORT"] == "ses",
      output.environment["ATTACHE_MAIL_SES_CONFIGURATION_SET"] == "attache-mails",
    ])
    error_message = "The process does not use SES or its configuration set."
  }
  assert {
    condition = alltrue([
      length(output.dns_records) == 6,
      contains(output.dns_records, { name = "bounces.example.com", type = "MX", value = "10 feedback-smtp.eu-central-1.amazonses.com" }),
      contains(output.dns_records, { name = "_dmarc.example.com", type = "TXT", value = "v=DMARC1; p=none" }),
    ])
    error_message = "Records for DKIM, SPF or DMARC are missing."
  }
  assert {
    condition     = length(aws_route53_record.this) == 0
    error_message = "Records were created without a zone."
  }
}

run "records_are_created_in_a_zone" {
  command = plan

  variables {
    mail = { from = "files@example.com", transport = "ses", ses = { zone_id = "Z0123456789", dmarc = "" } }
  }

  assert {
    condition = alltrue([
      length(aws_route53_record.this) == 3,
      alltrue([for it in aws_route53_record.this : it.zone_id == "Z0123456789" && it.type == "CNAME"]),
    ])
    error_message = "The records for DKIM are missing, or there are others."
  }
}

run "an_existing_identity_stays" {
  command = plan

  variables {
    mail = { from = "files@mail.example.com", transport = "ses", ses = { create_identity = false, domain = "example.com" } }
  }

  assert {
    condition = alltrue([
      length(aws_sesv2_email_identity.this) == 0,
      output.mail.identity == "example.com",
      length(output.dns_records) == 0,
    ])
    error_message = "The identity would be created."
  }
}
