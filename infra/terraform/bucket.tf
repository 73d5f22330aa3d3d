locals {
  manage_bucket = coalesce(var.manage_bucket, var.create_bucket)

  origins = distinct(concat([regex("^https?://[^/?#]+", var.pages_url)], var.cors_origins))

  # With uploads_days, files in uploads/ expire; their versions a day later, as those of the other rules.
  lifecycle_rules = concat(
    [for it in local.topology.bucket.lifecycle : merge(
      {
        expirationDays                     = null
        expiredObjectDeleteMarker          = null
        noncurrentVersionExpirationDays    = null
        abortIncompleteMultipartUploadDays = null
      }, it
    )],
    [for days in var.uploads_days == null ? [] : [var.uploads_days] : {
      id                                 = "attache-uploads"
      prefix                             = "uploads/"
      expirationDays                     = days
      expiredObjectDeleteMarker          = null
      noncurrentVersionExpirationDays    = 1
      abortIncompleteMultipartUploadDays = null
    }]
  )

  bucket_policy = {
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "attache-tls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      var.bucket_policy_statements
    )
  }
}

resource "aws_s3_bucket" "this" {
  count = var.create_bucket ? 1 : 0

  bucket        = var.bucket_name
  force_destroy = var.force_destroy
  tags          = var.tags
}

# An existing bucket, so that a wrong name or a bucket in another region is found by the plan.
data "aws_s3_bucket" "existing" {
  count = var.create_bucket ? 0 : 1

  bucket = var.bucket_name

  lifecycle {
    postcondition {
      # In version 6 of the provider, `region` is where the provider looks.
      condition     = lookup(self, "bucket_region", self.region) == local.region
      error_message = "The bucket ${var.bucket_name} is in ${lookup(self, "bucket_region", self.region)}, but S3 sends notifications only to queues in the same region."
    }
  }
}

locals {
  bucket = var.create_bucket ? aws_s3_bucket.this[0].id : data.aws_s3_bucket.existing[0].id
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  rule {
    object_ownership = local.topology.bucket.objectOwnership
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  block_public_acls       = local.topology.bucket.blockPublicAccess
  ignore_public_acls      = local.topology.bucket.blockPublicAccess
  block_public_policy     = local.topology.bucket.blockPublicAccess
  restrict_public_buckets = local.topology.bucket.blockPublicAccess
}

resource "aws_s3_bucket_policy" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket
  policy = jsonencode(local.bucket_policy)

  # S3 handles one change of a bucket at a time, and answers 409 to another.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  rule {
    bucket_key_enabled = local.key_arn == null ? null : var.kms.bucket_key

    apply_server_side_encryption_by_default {
      sse_algorithm     = local.key_arn == null ? local.topology.bucket.encryption : "aws:kms"
      kms_master_key_id = local.key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  versioning_configuration {
    status = local.topology.bucket.versioning
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  dynamic "rule" {
    for_each = local.lifecycle_rules

    content {
      id     = rule.value.id
      status = "Enabled"

      filter {
        prefix = rule.value.prefix
      }

      dynamic "expiration" {
        for_each = rule.value.expirationDays == null && rule.value.expiredObjectDeleteMarker == null ? [] : [rule.value]
        content {
          days                         = expiration.value.expirationDays
          expired_object_delete_marker = expiration.value.expiredObjectDeleteMarker
        }
      }

      dynamic "noncurrent_version_expiration" {
        for_each = rule.value.noncurrentVersionExpirationDays[*]
        content {
          noncurrent_days = noncurrent_version_expiration.value
        }
      }

      dynamic "abort_incomplete_multipart_upload" {
        for_each = rule.value.abortIncompleteMultipartUploadDays[*]
        content {
          days_after_initiation = abort_incomplete_multipart_upload.value
        }
      }
    }
  }

  # Rules for noncurrent versions.
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_cors_configuration" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  cors_rule {
    id              = local.topology.bucket.cors.id
    allowed_origins = local.origins
    allowed_methods = local.topology.bucket.cors.allowedMethods
    allowed_headers = local.topology.bucket.cors.allowedHeaders
    expose_headers  = local.topology.bucket.cors.exposeHeaders
    max_age_seconds = local.topology.bucket.cors.maxAge
  }
}

resource "aws_s3_bucket_notification" "this" {
  count = local.manage_bucket ? 1 : 0

  bucket = local.bucket

  dynamic "queue" {
    for_each = local.topology.bucket.notifications

    content {
      id            = "attache-${queue.value.queue}"
      queue_arn     = aws_sqs_queue.this[queue.value.queue].arn
      events        = queue.value.events
      filter_prefix = queue.value.prefix
    }
  }
}

resource "aws_s3_bucket_logging" "this" {
  count = local.manage_bucket && var.access_log != null ? 1 : 0

  bucket        = local.bucket
  target_bucket = var.access_log.bucket
  target_prefix = var.access_log.prefix
}
