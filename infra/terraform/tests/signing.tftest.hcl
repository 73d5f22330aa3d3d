mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  bucket_name                      = "attache-example"
  pages_url                        = "https://links.example.com"
  mail                             = { from = "files@example.com" }
  dead_letter_maximum_message_size = 262144
}

run "the_tasks_role_signs_by_default" {
  command = plan

  assert {
    condition = alltrue([
      length(aws_iam_role.signer) == 0,
      length(aws_iam_user.signer) == 0,
      output.signing_user == null,
      output.worker_secrets == {},
    ])
    error_message = "There is a role or user that nobody asked for."
  }
  assert {
    condition = alltrue([
      alltrue([for role in ["worker", "pages", "all"] : contains(keys(local.attachments), "${role} signer")]),
      !contains(keys(local.attachments), "console signer"),
    ])
    error_message = "Not exactly the roles that sign links have the permissions that S3 checks when a link is used."
  }
  assert {
    condition     = length([for name in keys(output.environment) : name if startswith(name, "ATTACHE_LINKS_")]) == 0
    error_message = "The process assumes a role."
  }
}
