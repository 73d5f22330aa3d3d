locals {
  oidc_issuer = try(split("oidc-provider/", var.role_trust.irsa.provider_arn)[1], "")

  # By role in IAM, the statements of its trust policy.
  role_trust = { for role in keys(local.process_roles) : role => concat(
    [for it in var.role_trust.ecs ? ["ecs-tasks.amazonaws.com"] : [] : {
      Sid       = "EcsTasks"
      Effect    = "Allow"
      Principal = { Service = it }
      Action    = ["sts:AssumeRole"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account}:*" }
      }
    }],
    [for it in [try(var.role_trust.irsa.service_accounts[role], [])] : {
      Sid       = "ServiceAccounts"
      Effect    = "Allow"
      Principal = { Federated = var.role_trust.irsa.provider_arn }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = { StringEquals = {
        "${local.oidc_issuer}:aud" = "sts.amazonaws.com"
        "${local.oidc_issuer}:sub" = [for account in it : "system:serviceaccount:${account}"]
      } }
    } if length(it) > 0],
    [for it in [try(var.role_trust.pod_identity.service_accounts[role], [])] : {
      Sid       = "PodIdentity"
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      # The tags that EKS sends (Amazon EKS User Guide, "Enable or disable session tags").
      Condition = {
        StringEquals = {
          "aws:RequestTag/eks-cluster-arn"            = var.role_trust.pod_identity.cluster_arn
          "aws:RequestTag/kubernetes-namespace"       = distinct([for account in it : split(":", account)[0]])
          "aws:RequestTag/kubernetes-service-account" = distinct([for account in it : split(":", account)[1]])
        }
      }
    } if length(it) > 0],
    [for it in [var.role_trust.principals] : {
      Sid       = "Principals"
      Effect    = "Allow"
      Principal = { AWS = it }
      Action    = ["sts:AssumeRole"]
    } if length(it) > 0]
  ) }

  # One association for each service account of a role.
  pod_identities = !var.create_roles ? {} : merge([for role in keys(local.process_roles) : {
    for account in try(var.role_trust.pod_identity.service_accounts[role], []) : "${role} ${account}" => {
      role            = role
      namespace       = split(":", account)[0]
      service_account = split(":", account)[1]
    }
  }]...)
}

resource "aws_iam_role" "this" {
  for_each = var.create_roles ? local.process_roles : {}

  name                 = "${local.iam_name_prefix}${each.key}"
  path                 = var.role_path
  description          = "Attaché: processes with the roles ${join(", ", each.value)}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = local.role_trust[each.key] })
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length(local.role_trust[each.key]) > 0
      error_message = "Nobody could assume the role ${each.key}: set role_trust for it, or leave it out of roles."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.attachments

  role       = each.value.role == "signer" ? aws_iam_role.signer[0].name : aws_iam_role.this[each.value.role].name
  policy_arn = aws_iam_policy.this[each.value.policy].arn
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = local.pod_identities

  cluster_name    = split("cluster/", var.role_trust.pod_identity.cluster_arn)[1]
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.this[each.value.role].arn
  tags            = var.tags
}
