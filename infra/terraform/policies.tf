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
  # A user replaces the role of the processes that are workers, and has the same policies.
  signing_user_role = contains(var.roles, "all") ? "all" : "worker"
  policy_holders = merge(local.iam_roles, var.create_roles && var.signing == "user" ? {
    (local.signing_user_role) = contains(var.roles, "all") ? ["worker", "pages", "console"] : ["worker"]
  } : {})

  # By role in IAM, the policies in infra/policies, and the further statements. These are one policy for each role, because a role or
  # a user may have ten managed policies (IAM and STS quotas, "Managed policies attached to an IAM role").
  named_policies = { for iam_role, roles in local.policy_holders :
    iam_role => distinct(flatten([for role in roles : local.role_policies[role]]))
  }
  further_statements = { for iam_role, policies in local.named_policies :
    iam_role => concat([for policy in policies : try(var.policy_statements[policy], [])]...)
  }
  all_policies = { for iam_role, policies in local.named_policies :
    iam_role => concat(policies, length(local.further_statements[iam_role]) == 0 ? [] : ["${iam_role}-additional"])
  }

  attachments = merge([for iam_role in keys(local.iam_roles) : {
    for policy in local.all_policies[iam_role] : "${iam_role} ${policy}" => { role = iam_role, policy = policy }
  }]...)
  user_policies = try(local.all_policies[local.signing_user_role], [])

  # What roles and users have attached; the other policies are outputs only.
  attached_policies = { for name in distinct(flatten(values(local.all_policies))) :
    name => endswith(name, "-additional") ? jsonencode({
      Version   = "2012-10-17"
      Statement = local.further_statements[trimsuffix(name, "-additional")]
    }) : local.policies[name]
  }
}

resource "aws_iam_policy" "this" {
  for_each = local.attached_policies

  name        = "${local.iam_name_prefix}${each.key}"
  path        = var.role_path
  description = "Attaché: ${each.key}"
  policy      = each.value
  tags        = var.tags

  lifecycle {
    # IAM and STS quotas, "IAM character limits".
    precondition {
      condition     = length(each.value) <= 6144
      error_message = "The policy ${each.key} has ${length(each.value)} characters, but IAM allows 6,144 at most: shorten policy_statements, which are one policy for each IAM role."
    }
  }
}
