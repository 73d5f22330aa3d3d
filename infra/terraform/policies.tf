locals {
  iam_name_prefix = coalesce(var.iam_name_prefix, "${var.name_prefix}attache-")

  # The address in "Acme <files@example.com>".
  from_address = regex("[^<>\\s]+@[^<>\\s]+", var.mail.from)
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
    local.assume_policies, local.mail_policies, local.key_policies, local.tag_policies
  )
  policies = { for name in local.policy_names :
    name => jsonencode(jsondecode(templatefile("${path.module}/../policies/${name}.json", local.policy_variables)))
  }

  # By role of Attaché, its policies. Whoever signs links needs the permissions that S3 checks when a link is used.
  assume_policies  = var.signing == "role" ? ["assume-signer"] : []
  mail_policies    = var.mail.transport == "ses" ? ["mail-ses"] : []
  key_policies     = var.kms == null ? [] : ["kms"]
  tag_policies     = var.tag_uploads ? ["tags"] : []
  signing_policies = var.signing == "role" ? local.assume_policies : concat(["signer"], local.tag_policies)
  role_policies = {
    worker = concat(["worker"], local.signing_policies, local.mail_policies, local.key_policies)
    pages  = concat(["pages"], local.signing_policies, local.key_policies)
    # Its dry runs sign links that nobody gets, so it assumes the signing role, but needs none of the signer's permissions.
    console = concat(["console"], local.assume_policies, local.key_policies)
    signer  = concat(["signer"], local.tag_policies, local.key_policies)
  }

  # By role in IAM, the roles of Attaché that it is for.
  process_roles = { for role in var.roles : role => role == "all" ? ["worker", "pages", "console"] : [role] }
  iam_roles     = var.create_roles ? merge(local.process_roles, var.signing == "role" ? { signer = ["signer"] } : {}) : {}
  # A user replaces the role of the processes that are workers.
  signing_user_roles = contains(var.roles, "all") ? ["worker", "pages", "console"] : ["worker"]

  # With the further statements for each of them.
  all_role_policies = { for role, policies in local.role_policies : role => flatten([for policy in policies :
    length(try(var.policy_statements[policy], [])) == 0 ? [policy] : [policy, "${policy}-additional"]
  ]) }

  attachments = merge([for iam_role, roles in local.iam_roles : {
    for policy in distinct(flatten([for role in roles : local.all_role_policies[role]])) :
    "${iam_role} ${policy}" => { role = iam_role, policy = policy }
  }]...)
  user_policies = distinct(flatten([for role in local.signing_user_roles : local.all_role_policies[role]]))

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
