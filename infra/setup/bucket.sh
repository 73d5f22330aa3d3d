# shellcheck shell=sh
# The bucket and its settings. Part of infra/setup.sh.

# Creates the bucket if it is missing. Stops if it belongs to another account or is in another region.
create_or_check_bucket() {
  taken="the bucket $bucket belongs to another AWS account (bucket names are shared by all accounts), or the permission"
  taken="$taken s3:ListBucket is missing; set ATTACHE_BUCKET to another name, such as $bucket-$account"
  if ! aws s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$account" >/dev/null 2>"$errors"; then
    case $(cat "$errors") in
      *404*) create_bucket ;;
      *403*) fail "$taken" ;;
      *) fail "$(error_of aws s3api head-bucket)" ;;
    esac
  fi
  # S3 returns null for us-east-1, and EU for old buckets in eu-west-1.
  found=$(ask "" aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)
  case $found in
    None | '' | null) found=us-east-1 ;;
    EU) found=eu-west-1 ;;
  esac
  [ "$found" = "$AWS_REGION" ] || fail "the bucket $bucket is in $found, but S3 sends notifications only to queues in the same" \
    "region; set AWS_REGION=$found, or ATTACHE_BUCKET to another bucket"
}

# Creates the bucket. S3 does not accept us-east-1 as a location.
create_bucket() {
  echo "Bucket $bucket: new"
  set -- aws s3api create-bucket --bucket "$bucket"
  if [ "$AWS_REGION" != us-east-1 ]; then
    set -- "$@" --create-bucket-configuration "LocationConstraint=$AWS_REGION"
  fi
  "$@" >/dev/null 2>"$errors" || case $(error_code) in
    # Another run has created it.
    BucketAlreadyOwnedByYou) ;;
    BucketAlreadyExists) fail "$taken" ;;
    InvalidBucketName) fail "ATTACHE_BUCKET is '$bucket', which is not a valid bucket name: it must be 3 to 63 of a-z, 0-9, ." \
      "and -" ;;
    *) fail "$(error_of aws s3api create-bucket)" ;;
  esac
}

# Reads the bucket's settings, before anything is changed.
read_bucket_settings() {
  access='' ownership='' encryption='' versioning='' bucket_policy=''
  if with public-access-block; then
    access=$(ask NoSuchPublicAccessBlockConfiguration aws s3api get-public-access-block --bucket "$bucket" --output text \
      --query "PublicAccessBlockConfiguration.[BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets]")
  fi
  if with ownership-controls; then
    ownership=$(ask OwnershipControlsNotFoundError aws s3api get-bucket-ownership-controls --bucket "$bucket" --output text \
      --query "OwnershipControls.Rules[0].ObjectOwnership")
  fi
  if with bucket-encryption; then
    encryption=$(ask ServerSideEncryptionConfigurationNotFoundError aws s3api get-bucket-encryption --bucket "$bucket" \
      --output text --query "ServerSideEncryptionConfiguration.Rules[0].[ApplyServerSideEncryptionByDefault.SSEAlgorithm,
        ApplyServerSideEncryptionByDefault.KMSMasterKeyID, BucketKeyEnabled]")
  fi
  if with versioning; then
    versioning=$(ask "" aws s3api get-bucket-versioning --bucket "$bucket" --output text --query Status)
  fi
  if with bucket-policy; then read_bucket_policy; fi
  read_bucket_rules
}

# Sets $bucket_policy to the policy to write, if any. S3 stores a policy as a whole, and others may manage it: if it has other
# statements and lacks ours, the script stops before it has changed anything.
read_bucket_policy() {
  policy_begin s3 '*' "$bucket_arn" "$bucket_arn/*"
  its_policy=$(ask NoSuchBucketPolicy aws s3api get-bucket-policy --bucket "$bucket" --output text --query Policy)
  policy_for "bucket $bucket" "$its_policy"
  bucket_policy=$policy
  [ -z "$policy" ] || [ -z "$others" ] || fail "the policy of bucket $bucket has other statements than ours, and S3 stores it as a" \
    "whole: this script does not change it. Add the statement attache-tls by hand, or set ATTACHE_BUCKET to another bucket: $tls"
}

# bucket_setting <what> <value> <our value> <command> <option> <argument>: sets our value if there is none, or with --reset;
# otherwise prints the difference.
bucket_setting() {
  if [ "$2" = "$3" ]; then return; fi
  if [ -n "$reset" ] || [ -z "$2" ] || [ "$2" = None ]; then
    echo "Bucket $bucket: $1"
    run aws s3api "$4" --bucket "$bucket" "$5" "$6"
  else
    kept "the $1 of bucket $bucket" "$(printf '%s' "$2" | tr '\t' ',')" "$(printf '%s' "$3" | tr '\t' ',')"
  fi
}

no_public_access() {
  if ! with public-access-block; then return; fi
  all=BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
  bucket_setting "public access block" "$access" "True${tab}True${tab}True${tab}True" put-public-access-block \
    --public-access-block-configuration "$all"
}

# The account of the bucket owns all objects, and access control lists have no effect.
no_access_lists() {
  if ! with ownership-controls; then return; fi
  bucket_setting "object ownership" "$ownership" BucketOwnerEnforced put-bucket-ownership-controls \
    --ownership-controls '{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}'
}

# S3 refuses requests without TLS.
tls_only() {
  if [ -z "$bucket_policy" ]; then return; fi
  echo "Bucket $bucket: TLS only"
  run aws s3api put-bucket-policy --bucket "$bucket" --policy "$bucket_policy"
}

# How S3 encrypts objects that are written without a setting of their own. AES256 is what S3 does anyway, and counts as no setting
# if there is a key. Without a key, any encryption is kept.
encrypt_objects() {
  if ! with bucket-encryption; then return; fi
  case $encryption in
    None*) encryption= ;;
    AES256*) if [ -n "$key" ]; then encryption=; fi ;;
  esac
  if [ -n "$key" ]; then
    bucket_setting "default encryption" "$encryption" "aws:kms$tab$key${tab}True" put-bucket-encryption \
      --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms",
        "KMSMasterKeyID":"'"$key"'"},"BucketKeyEnabled":true}]}'
  elif [ -z "$encryption" ]; then
    bucket_setting "default encryption" "" AES256 put-bucket-encryption \
      --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
  fi
}

# S3 keeps what is overwritten or deleted. The lifecycle rule attache-versions, which is set before, deletes it later.
keep_versions() {
  if ! with versioning; then return; fi
  bucket_setting versioning "$versioning" Enabled put-bucket-versioning --versioning-configuration Status=Enabled
}
