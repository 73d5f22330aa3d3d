locals {
  iam_name_prefix = coalesce(var.iam_name_prefix, "${var.name_prefix}attache-")

  # The address in "Acme <files@example.com>".
  from_address = regex("[^<>\\s]+@[^<>\\s]+", var.mail.from)
  key_known    = var.kms != null
  signer_arn   = "arn:${local.partition}:iam::${local.account}:role${var.role_path}${local.iam_name_prefix}signer"

  policy_variables = {
    partition    = local.partition
    region       = local.region
    account      = local.account
    bucket       = var.bucket_name
    prefix       = var.name_prefix
    from_address = local.from_address
    key_arn      = local.key_arn == null ? "" : local.key_arn
    signer_arn   = local.signer_arn
    # Without mail.ses the identity is that of the address's domain, and the mails name no configuration set.
    ses_identity      = local.mail_domain
    configuration_set = local.ses == null ? "none" : "${local.iam_name_prefix}mails"
  }

  # The policies in infra/policies that this configuration uses. README.md says what each is for.
  policy_names = concat(
    ["worker", "pages", "console", "signer", "upstream", "subscriber"],
    var.signing == "role" ? ["assume-signer"] : [],
    var.mail.transport == "ses" ? ["mail-ses"] : [],
    local.key_known ? ["kms"] : [],
    var.tag_uploads ? ["tags"] : [],
  )
  policies = { for name in local.policy_names :
    name => jsonencode(jsondecode(templatefile("${path.module}/../policies/${name}.json", local.policy_variables)))
  }

  # By role of Attaché, its policies. Whoever signs links needs the permissions that S3 checks when a link is used.
  signing_policies = var.signing == "role" ? ["assume-signer"] : concat(["signer"], var.tag_uploads ? ["tags"] : [])
  role_policies = {
    worker = concat(["worker"], local.signing_policies, var.mail.transport == "ses" ? ["mail-ses"] : [], local.key_known ? ["kms"] : [])
    pages  = concat(["pages"], local.signing_policies, local.key_known ? ["kms"] : [])
    # Its dry runs sign links that nobody gets, so it assumes the signing role, but needs none of the signer's permissions.
    console = concat(["console"], var.signing == "role" ? ["assume-signer"] : [], local.key_known ? ["kms"] : [])
    signer  = concat(["signer"], var.tag_uploads ? ["tags"] : [], local.key_known ? ["kms"] : [])
  }

  # By role in IAM, the roles of Attaché that it is for.
  process_roles = { for role in var.roles : role => role == "all" ? ["worker", "pages", "console"] : [role] }
  iam_roles     = var.create_roles ? merge(local.process_roles, var.signing == "role" ? { signer = ["signer"] } : {}) : {}
  # A user replaces the role of the processes that are workers.
  signing_user_roles = contains(var.roles, "all") ? ["worker", "pages", "console"] : ["worker"]

  attachments = merge([for iam_role, roles in local.iam_roles : {
    for policy in distinct(concat(
      flatten([for role in roles : local.role_policies[role]]),
      [for role in roles : "${role}-additional" if length(try(var.policy_statements[role], [])) > 0]
    )) : "${iam_role} ${policy}" => { role = iam_role, policy = policy }
  }]...)
  user_policies = distinct(concat(
    flatten([for role in local.signing_user_roles : local.role_policies[role]]),
    [for role in concat(local.signing_user_roles, ["signer"]) : "${role}-additional" if length(try(var.policy_statements[role], [])) > 0]
  ))

  # What roles and users have attached; the other policies are outputs only.
  attached_policies = !var.create_roles ? {} : { for name in distinct(concat(
    [for it in values(local.attachments) : it.policy],
    var.signing == "user" ? local.user_policies : []
    )) : name => endswith(name, "-additional") ? jsonencode({
    Version   = "2012-10-17"
    Statement = var.policy_statements[trimsuffix(name, "-additional")]
  }) : local.policies[name] }
}

resource "aws_iam_policy" "this" {
  for_each = local.attached_policies

  name        = "${local.iam_name_prefix}${each.key}"
  path        = var.role_path
  description = "Attaché: ${each.key}"
  policy      = each.value
  tags        = var.tags
}
