# --- a role that signs links ------------------------------------------------------------------------------------------

resource "aws_iam_role" "signer" {
  count = var.create_roles && var.signing == "role" ? 1 : 0

  name                 = "${local.iam_name_prefix}signer"
  path                 = var.role_path
  description          = "Attaché: signs links"
  permissions_boundary = var.permissions_boundary_arn
  # IAM accepts no less than an hour.
  max_session_duration = max(3600, var.signing_session)
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AttacheProcesses"
      Effect    = "Allow"
      Principal = { AWS = [for it in aws_iam_role.this : it.arn] }
      Action    = ["sts:AssumeRole"]
    }]
  })

  lifecycle {
    precondition {
      condition     = length(var.roles) > 0
      error_message = "signing is role, but roles is empty, so nobody could assume the signing role."
    }
  }
}

# --- a user that signs links, for links of up to seven days -----------------------------------------------------------

resource "aws_iam_user" "signer" {
  count = var.create_roles && var.signing == "user" ? 1 : 0

  name                 = "${local.iam_name_prefix}signer"
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  # Its access key is made by hand, and would keep the user from being destroyed.
  force_destroy = true
  tags          = var.tags
}

resource "aws_iam_user_policy_attachment" "signer" {
  for_each = toset(var.create_roles && var.signing == "user" ? local.user_policies : [])

  user       = aws_iam_user.signer[0].name
  policy_arn = aws_iam_policy.this[each.value].arn
}

# Terraform would keep the access key in its state. So the secret is empty until the key is put into it. It has Secrets Manager's
# own KMS key: whoever starts the process may read the secret, but needs no permission for the installation's key.
resource "aws_secretsmanager_secret" "signer" {
  count = var.create_roles && var.signing == "user" ? 1 : 0

  name        = "${local.iam_name_prefix}signer"
  description = "Attaché: the access key of the user that signs links, as access_key_id and secret_access_key"
  # A deleted secret keeps its name for as long as it can be restored.
  recovery_window_in_days = var.force_destroy ? 0 : 30
  tags                    = var.tags
}
