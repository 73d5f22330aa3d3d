# Recipients while Amazon SES is in its sandbox. SES mails each of them a link that confirms the address.
locals {
  test_recipients = var.smtp == null ? var.ses.test_recipients : []

  # In the sandbox SES checks the permission to send not only on the sender's identity but on those of the recipients as well.
  policy_statements = length(local.test_recipients) == 0 ? {} : {
    worker = [{
      Sid      = "SendToTestRecipients"
      Effect   = "Allow"
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = [for it in aws_sesv2_email_identity.test_recipients : it.arn]
      Condition = {
        StringEquals = { "ses:FromAddress" = regex("[^<>\\s]+@[^<>\\s]+", var.mail_from) }
      }
    }]
  }
}

resource "aws_sesv2_email_identity" "test_recipients" {
  for_each = local.test_recipients

  email_identity = each.value
}
