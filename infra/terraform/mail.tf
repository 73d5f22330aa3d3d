locals {
  ses           = var.mail.ses
  mail_domain   = coalesce(try(var.mail.ses.domain, null), split("@", local.from_address)[1])
  create_domain = try(var.mail.ses.create_identity, false)
  bounce_domain = try(var.mail.ses.mail_from_domain, null)
  identity_arn  = local.ses == null ? null : "arn:${local.partition}:ses:${local.region}:${local.account}:identity/${local.mail_domain}"

  # SES signs with three keys. Their number is known before the tokens are.
  dkim_records = local.create_domain ? [for index in range(3) : {
    name  = "${aws_sesv2_email_identity.this[0].dkim_signing_attributes[0].tokens[index]}._domainkey.${local.mail_domain}"
    type  = "CNAME"
    value = "${aws_sesv2_email_identity.this[0].dkim_signing_attributes[0].tokens[index]}.dkim.amazonses.com"
  }] : []
  bounce_records = local.create_domain && local.bounce_domain != null ? [
    { name = local.bounce_domain, type = "MX", value = "10 feedback-smtp.${local.region}.amazonses.com" },
    { name = local.bounce_domain, type = "TXT", value = "v=spf1 include:amazonses.com ~all" },
  ] : []
  dmarc_records = local.create_domain && try(var.mail.ses.dmarc, "") != "" ? [
    { name = "_dmarc.${local.mail_domain}", type = "TXT", value = var.mail.ses.dmarc },
  ] : []
  dns_records = concat(local.dkim_records, local.bounce_records, local.dmarc_records)
}

# There is no event destination for opens and clicks, and no engagement tracking: SES would replace the links in mails, and put an
# image into them.
resource "aws_sesv2_configuration_set" "this" {
  count = local.ses == null ? 0 : 1

  configuration_set_name = local.policy_variables.configuration_set

  delivery_options {
    tls_policy = "REQUIRE"
  }

  reputation_options {
    # Bounces and complaints of this configuration set in CloudWatch.
    reputation_metrics_enabled = true
  }

  suppression_options {
    suppressed_reasons = ["BOUNCE", "COMPLAINT"]
  }

  vdm_options {
    dashboard_options {
      engagement_metrics = "DISABLED"
    }
  }

  tags = var.tags
}

resource "aws_sesv2_email_identity" "this" {
  count = local.create_domain ? 1 : 0

  email_identity         = local.mail_domain
  configuration_set_name = aws_sesv2_configuration_set.this[0].configuration_set_name

  dkim_signing_attributes {
    next_signing_key_length = "RSA_2048_BIT"
  }

  tags = var.tags
}

resource "aws_sesv2_email_identity_mail_from_attributes" "this" {
  count = local.create_domain && local.bounce_domain != null ? 1 : 0

  email_identity         = aws_sesv2_email_identity.this[0].email_identity
  mail_from_domain       = local.bounce_domain
  behavior_on_mx_failure = "USE_DEFAULT_VALUE"
}

resource "aws_route53_record" "this" {
  count = try(var.mail.ses.zone_id, null) == null ? 0 : length(local.dns_records)

  zone_id = var.mail.ses.zone_id
  name    = local.dns_records[count.index].name
  type    = local.dns_records[count.index].type
  ttl     = 600
  records = [local.dns_records[count.index].value]
}
