mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "each_role_has_its_own_policies" {
  assert {
    condition = jsonencode({ for role in keys(aws_iam_role.this) : role => sort([for it in values(local.attachments) : it.policy if it.role == role]) }) == jsonencode({
      all     = ["console", "pages", "signer", "worker"]
      worker  = ["signer", "worker"]
      pages   = ["pages", "signer"]
      console = ["console"]
    })
    error_message = "A role has other policies than it needs."
  }
  assert {
    condition = alltrue([
      length(aws_iam_role_policy_attachment.this) == length(local.attachments),
      toset(keys(aws_iam_policy.this)) == toset(["worker", "pages", "console", "signer"]),
    ])
    error_message = "A policy is not attached, or one is that nobody needs."
  }
  assert {
    condition = alltrue([for key, it in aws_iam_policy.this :
      it.policy == output.policies[key] &&
      it.name == "attache-${key}"
    ])
    error_message = "A policy is not that in infra/policies."
  }
  assert {
    condition     = toset(keys(output.role_arns)) == toset(["all", "worker", "pages", "console"])
    error_message = "The ARNs of the roles are missing."
  }
}

run "policies_have_no_wildcard_actions_and_no_placeholders" {
  command = plan

  variables {
    kms         = {}
    signing     = "role"
    tag_uploads = true
    mail        = { from = "files@example.com", transport = "ses" }
  }

  assert {
    condition     = toset(keys(local.policies)) == toset(["worker", "pages", "console", "signer", "assume-signer", "mail-ses", "kms", "tags", "upstream", "subscriber"])
    error_message = "A policy is missing."
  }
  assert {
    condition = alltrue(flatten([for name, it in local.policies : [
      for statement in jsondecode(it).Statement : [for action in flatten([statement.Action]) : !strcontains(action, "*")]
    ] if name != "kms"]))
    error_message = "A policy allows actions by wildcard."
  }
  assert {
    condition     = alltrue([for name, it in local.policies : !strcontains(it, "$${") if name != "kms"])
    error_message = "A placeholder was not replaced."
  }
  # Every name is there but those that AWS does not have: sns:ListTopics and cloudwatch:PutMetricData have no resource.
  assert {
    condition = toset(flatten([for name, it in local.policies : [
      for statement in jsondecode(it).Statement : statement.Action if contains(flatten([statement.Resource]), "*")
    ] if name != "kms"])) == toset(["sns:ListTopics", "cloudwatch:PutMetricData"])
    error_message = "A policy allows something on every resource, although AWS allows a name there."
  }
  # IAM Quotas, "IAM object quotas": 6,144 characters, without white space.
  assert {
    condition     = alltrue([for name, it in local.policies : length(it) <= 6144 if name != "kms"])
    error_message = "A policy is longer than IAM allows."
  }
}

run "tasks_of_ecs_in_this_account_and_region_may_assume_the_roles" {
  command = plan

  assert {
    condition = alltrue([for it in aws_iam_role.this : jsondecode(it.assume_role_policy).Statement == [{
      Sid       = "EcsTasks"
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-central-1:111122223333:*" }
        StringEquals = { "aws:SourceAccount" = "111122223333" }
      }
    }]])
    error_message = "Others than tasks of this account and region may assume a role."
  }
}

run "service_accounts_may_assume_their_role_by_irsa" {
  command = plan

  variables {
    roles = ["worker", "pages"]
    role_trust = {
      ecs = false
      irsa = {
        provider_arn     = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE"
        service_accounts = { worker = ["files:attache-worker"], pages = ["files:attache-pages"] }
      }
    }
  }

  assert {
    condition = jsondecode(aws_iam_role.this["worker"].assume_role_policy).Statement == [{
      Sid       = "ServiceAccounts"
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE" }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = { StringEquals = {
        "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE:aud" = "sts.amazonaws.com"
        "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE:sub" = ["system:serviceaccount:files:attache-worker"]
      } }
    }]
    error_message = "Another service account may assume the worker's role."
  }
}

run "service_accounts_may_assume_their_role_by_pod_identity" {
  command = plan

  variables {
    roles = ["all"]
    role_trust = {
      ecs = false
      pod_identity = {
        cluster_arn      = "arn:aws:eks:eu-central-1:111122223333:cluster/files"
        service_accounts = { all = ["files:attache"] }
      }
    }
  }

  assert {
    condition = jsondecode(aws_iam_role.this["all"].assume_role_policy).Statement == [{
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:RequestTag/eks-cluster-arn"            = "arn:aws:eks:eu-central-1:111122223333:cluster/files"
          "aws:RequestTag/kubernetes-namespace"       = ["files"]
          "aws:RequestTag/kubernetes-service-account" = ["attache"]
        }
      }
    }]
    error_message = "Another service account, or another cluster, may assume the role."
  }
  assert {
    condition     = [for it in aws_eks_pod_identity_association.this : [it.cluster_name, it.namespace, it.service_account]] == [["files", "files", "attache"]]
    error_message = "The service account is not associated with the role."
  }
}

run "other_principals_may_assume_the_roles_if_they_are_named" {
  command = plan

  variables {
    role_trust = { ecs = false, principals = ["arn:aws:iam::111122223333:role/machine"] }
  }

  assert {
    condition     = jsondecode(aws_iam_role.this["all"].assume_role_policy).Statement == [{ Sid = "Principals", Effect = "Allow", Principal = { AWS = ["arn:aws:iam::111122223333:role/machine"] }, Action = ["sts:AssumeRole"] }]
    error_message = "The principal may not assume the role, or others may."
  }
}

run "a_role_that_nobody_may_assume_is_an_error" {
  command = plan

  variables {
    role_trust = { ecs = false }
  }

  expect_failures = [aws_iam_role.this]
}

run "further_statements_are_a_policy_of_their_own" {
  command = plan

  variables {
    policy_statements = {
      worker = [{ Sid = "ReadInvoices", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::invoices/*" }]
    }
  }

  assert {
    condition     = jsondecode(aws_iam_policy.this["worker-additional"].policy).Statement == [{ Sid = "ReadInvoices", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::invoices/*" }]
    error_message = "The statement is missing."
  }
  assert {
    condition = {
      for it in values(local.attachments) : it.role => it.policy if endswith(it.policy, "-additional")
    } == { all = "all-additional", worker = "worker-additional" }
    error_message = "The statement is not attached to the worker's roles alone."
  }
  assert {
    condition     = aws_iam_policy.this["all-additional"].policy == aws_iam_policy.this["worker-additional"].policy
    error_message = "The role for all lacks the worker's statement."
  }
}

run "further_statements_of_the_signer_go_to_whoever_signs" {
  command = plan

  variables {
    policy_statements = {
      signer = [{ Sid = "SignInvoices", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::invoices/*" }]
    }
  }

  assert {
    condition     = [for it in values(local.attachments) : it.role if endswith(it.policy, "-additional")] == ["all", "pages", "worker"]
    error_message = "A role that signs may not sign links to the further objects."
  }
  assert {
    condition     = alltrue([for role in ["all", "pages", "worker"] : jsondecode(aws_iam_policy.this["${role}-additional"].policy).Statement[*].Sid == ["SignInvoices"]])
    error_message = "A role has the statement twice, or has another one."
  }
}

# IAM and STS quotas: ten managed policies for a role.
run "with_all_settings_no_role_has_more_policies_than_iam_allows" {
  command = plan

  variables {
    kms         = {}
    tag_uploads = true
    mail        = { from = "files@example.com", transport = "ses" }
    policy_statements = { for role in ["worker", "pages", "console", "signer"] :
      role => [{ Sid = role, Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${role}/*" }]
    }
  }

  assert {
    condition = { for role in keys(aws_iam_role.this) : role => length([for it in values(local.attachments) : it if it.role == role]) } == {
      all = 8, worker = 6, pages = 5, console = 3
    }
    error_message = "A role has more or other policies than it needs: it may have ten."
  }
  assert {
    condition = jsonencode({ for role in keys(aws_iam_role.this) : role => sort(jsondecode(aws_iam_policy.this["${role}-additional"].policy).Statement[*].Sid) }) == jsonencode({
      all     = ["console", "pages", "signer", "worker"]
      worker  = ["signer", "worker"]
      pages   = ["pages", "signer"]
      console = ["console"]
    })
    error_message = "A role lacks further statements, or has those of another."
  }
}

run "with_a_signing_role_its_further_statements_are_its_own" {
  command = plan

  variables {
    signing     = "role"
    kms         = {}
    tag_uploads = true
    mail        = { from = "files@example.com", transport = "ses" }
    policy_statements = { for role in ["worker", "pages", "console", "signer"] :
      role => [{ Sid = role, Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${role}/*" }]
    }
  }

  assert {
    condition = { for role in ["all", "worker", "pages", "console", "signer"] : role => length([for it in values(local.attachments) : it if it.role == role]) } == {
      all = 7, worker = 5, pages = 4, console = 4, signer = 4
    }
    error_message = "A role has more or other policies than it needs: it may have ten."
  }
  assert {
    condition = jsonencode({ for it in values(local.attachments) : it.role => sort(jsondecode(aws_iam_policy.this[it.policy].policy).Statement[*].Sid) if endswith(it.policy, "-additional") }) == jsonencode({
      all     = ["console", "pages", "worker"]
      worker  = ["worker"]
      pages   = ["pages"]
      console = ["console"]
      signer  = ["signer"]
    })
    error_message = "A role lacks further statements, or has those of another."
  }
}

run "further_statements_that_are_longer_than_a_policy_are_refused" {
  command = plan

  variables {
    policy_statements = {
      worker = [{ Sid = "ReadMany", Effect = "Allow", Action = "s3:GetObject", Resource = [for n in range(200) : "arn:aws:s3:::invoices-of-branch-${n}/*"] }]
    }
  }

  expect_failures = [aws_iam_policy.this]
}

run "roles_and_policies_follow_the_rules_of_the_account" {
  command = plan

  variables {
    role_path                = "/apps/"
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
    iam_name_prefix          = "frankfurt-"
    tags                     = { team = "files" }
  }

  assert {
    condition = alltrue([for key, it in aws_iam_role.this :
      it.path == "/apps/" &&
      it.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary" &&
      it.name == "frankfurt-${key}" &&
      it.tags.team == "files"
    ])
    error_message = "A role has another path, boundary, name or tag."
  }
  assert {
    condition = alltrue([for key, it in aws_iam_policy.this :
      it.path == "/apps/" &&
      it.name == "frankfurt-${key}" &&
      it.tags.team == "files"
    ])
    error_message = "A policy has another path, name or tag."
  }
  assert {
    condition = alltrue([for it in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters), values(aws_sqs_queue.undelivered), values(aws_sns_topic.this), aws_s3_bucket.this) :
      it.tags.team == "files"
    ])
    error_message = "A queue, a topic or the bucket has no tags."
  }
}

run "without_roles_the_policies_are_outputs" {
  command = plan

  variables {
    create_roles = false
  }

  assert {
    condition = alltrue([
      length(aws_iam_role.this) == 0,
      length(aws_iam_policy.this) == 0,
      length(aws_iam_role_policy_attachment.this) == 0,
      output.role_arns == {},
    ])
    error_message = "There are roles or policies that nobody asked for."
  }
  assert {
    condition = alltrue([
      jsondecode(output.policies["worker"]).Version == "2012-10-17",
      contains(keys(output.policies), "upstream"),
      contains(keys(output.policies), "subscriber"),
    ])
    error_message = "The policies are missing."
  }
}
