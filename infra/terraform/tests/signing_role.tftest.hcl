mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "a_role_of_its_own_signs_and_only_attaches_processes_may_assume_it" {
  variables {
    signing         = "role"
    signing_session = 7200
  }

  assert {
    condition = alltrue([
      aws_iam_role.signer[0].max_session_duration == 7200,
      aws_iam_role.signer[0].name == "attache-signer",
    ])
    error_message = "Sessions of the role are shorter than the process asks for."
  }
  assert {
    condition = alltrue([
      length(jsondecode(aws_iam_role.signer[0].assume_role_policy).Statement) == 1,
      length(jsondecode(aws_iam_role.signer[0].assume_role_policy).Statement[0].Principal.AWS) == 4,
    ])
    error_message = "Others than Attaché's processes may assume the role."
  }
  assert {
    condition = jsonencode({ for role in ["all", "worker", "pages", "console", "signer"] : role => sort([for it in values(local.attachments) : it.policy if it.role == role]) }) == jsonencode({
      all     = ["assume-signer", "console", "pages", "worker"]
      worker  = ["assume-signer", "worker"]
      pages   = ["assume-signer", "pages"]
      console = ["assume-signer", "console"]
      signer  = ["signer"]
    })
    error_message = "A role has other policies than it needs."
  }
  assert {
    condition = alltrue([
      output.environment["ATTACHE_LINKS_SIGNING_ROLE_ARN"] == aws_iam_role.signer[0].arn,
      output.environment["ATTACHE_LINKS_SIGNING_SESSION"] == "7200s",
      output.role_arns["signer"] == aws_iam_role.signer[0].arn,
    ])
    error_message = "The process does not assume the role."
  }
  assert {
    condition     = jsondecode(output.policies["assume-signer"]).Statement[0].Resource == "arn:aws:iam::111122223333:role/attache-signer"
    error_message = "The processes may assume another role."
  }
}

run "a_short_session_has_the_least_maximum_that_iam_accepts" {
  variables {
    signing         = "role"
    signing_session = 900
  }

  assert {
    condition = alltrue([
      aws_iam_role.signer[0].max_session_duration == 3600,
      output.environment["ATTACHE_LINKS_SIGNING_SESSION"] == "900s",
    ])
    error_message = "IAM refuses the role's maximum, or the process asks for another session."
  }
}

run "tags_and_key_are_the_signers" {
  variables {
    signing     = "role"
    tag_uploads = true
    kms         = {}
  }

  assert {
    condition     = join(" ", sort([for it in values(local.attachments) : it.policy if it.role == "signer"])) == "kms signer tags"
    error_message = "Links to encrypted or tagged uploads would be refused."
  }
}

run "a_role_that_nobody_could_assume_is_an_error" {
  command = plan

  variables {
    signing = "role"
    roles   = []
  }

  expect_failures = [aws_iam_role.signer]
}
