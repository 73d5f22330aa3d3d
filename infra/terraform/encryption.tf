locals {
  key_arn = var.kms == null ? null : var.kms.create ? aws_kms_key.this[0].arn : var.kms.key_arn

  # Accounts for which services use the key when they send to the queues.
  sender_services = distinct([for it in values(local.sender_sources) : { service = it.service, account = it.account }])
  outside_senders = distinct(flatten(values(local.queue_senders)))

  # Statements that a key needs besides those of its administration. `Resource` is the key itself.
  key_statements = concat(
    [for it in concat(
      [{ service = "s3.amazonaws.com", account = local.account }, { service = "sns.amazonaws.com", account = local.account }],
      [for it in local.sender_services : it if it.service != "sns.amazonaws.com" || it.account != local.account]
      ) : {
      Sid       = "attache-${replace(it.service, "/\\.amazonaws\\.com(\\.cn)?$/", "")}-${it.account}"
      Effect    = "Allow"
      Principal = { Service = it.service }
      Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource  = "*"
      # If the service tells KMS the account. The policies of the queues decide who may send in any case.
      Condition = { StringEqualsIfExists = { "aws:SourceAccount" = it.account } }
    }],
    [for it in [local.outside_senders] : {
      Sid       = "attache-senders"
      Effect    = "Allow"
      Principal = { AWS = it }
      Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.${local.dns_suffix}" } }
    } if length(it) > 0]
  )

  key_administration = {
    Effect = "Allow"
    Action = [
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:UpdateAlias",
      "kms:DescribeKey",
      "kms:EnableKey",
      "kms:DisableKey",
      "kms:EnableKeyRotation",
      "kms:DisableKeyRotation",
      "kms:GetKeyRotationStatus",
      "kms:ListKeyRotations",
      "kms:RotateKeyOnDemand",
      "kms:GetKeyPolicy",
      "kms:PutKeyPolicy",
      "kms:ListKeyPolicies",
      "kms:ListGrants",
      "kms:RevokeGrant",
      "kms:ListResourceTags",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
      "kms:ScheduleKeyDeletion",
      "kms:CancelKeyDeletion",
    ]
    Resource = "*"
  }
  # What IAM policies of the account may allow. Without this statement a key ignores them.
  key_usage = {
    Sid       = "attache-iam"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
    Action    = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    Resource  = "*"
  }
}

resource "aws_kms_key" "this" {
  count = try(var.kms.create, false) ? 1 : 0

  description             = "Attaché: bucket ${var.bucket_name}, queues and topics${var.name_prefix == "" ? "" : " of ${var.name_prefix}"}"
  enable_key_rotation     = true
  deletion_window_in_days = var.kms.deletion_window_in_days

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [local.key_usage],
      [merge(local.key_administration, {
        Sid       = "attache-administration"
        Principal = { AWS = length(var.kms.administrators) == 0 ? [local.key_usage.Principal.AWS] : var.kms.administrators }
      })],
      local.key_statements
    )
  })

  tags = var.tags
}

resource "aws_kms_alias" "this" {
  count = try(var.kms.create, false) ? 1 : 0

  name          = "alias/${var.name_prefix}attache"
  target_key_id = aws_kms_key.this[0].key_id
}
