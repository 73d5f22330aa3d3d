resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = var.deletable

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy = jsonencode({ rules = [{
    rulePriority = 1
    # A push may count as three: an index, the image and its attestation.
    description = "The last 20 or more images"
    selection   = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 60 }
    action      = { type = "expire" }
  }] })
}
