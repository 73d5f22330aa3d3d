#!/usr/bin/env bash
# Applies the example to moto, an emulator of AWS: as it stands, that is without an image; with an image and a domain; and as separate
# services. Each time a second plan changes nothing but what moto returns in another form (plan.py), and "destroy" leaves nothing.
#
# From the project's root: infra/terraform/examples/complete/tests/apply-on-moto.sh
# It needs terraform, Python with moto[server], and the provider, from the registry or from TF_PLUGIN_DIR. Where one is
# missing, it says so and exits with 0.
set -euo pipefail
cd "$(dirname "$0")/../../../../.."

skip() {
  echo "complete: skipped: $1"
  exit 0
}
command -v terraform >/dev/null || skip "there is no terraform"
python3 -c 'import moto.server' 2>/dev/null || skip "there is no moto (pip install 'moto[server]')"

work=$(mktemp -d)
server=
stop() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT

# A copy, because the provider's settings for an emulator are added to it.
mkdir "$work/infra"
cp -r infra/terraform infra/policies infra/topology.yaml "$work/infra/"
example=$work/infra/terraform/examples/complete
tests=$example/tests
find "$work" -name '.terraform*' -prune -exec rm -rf {} +
cat >"$example/emulator_override.tf" <<'TF'
provider "aws" {
  access_key                  = "test"
  secret_key                  = "test"
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 3
}

module "attache" {
  # moto stores the policy and does not return it.
  redrive_allow_policies = false
}

module "monitoring" {
  ses = true
}
TF

init=(init -input=false -no-color)
if [[ -n ${TF_PLUGIN_DIR:-} ]]; then
  init+=("-plugin-dir=$TF_PLUGIN_DIR")
fi
terraform -chdir="$example" "${init[@]}" >"$work/init.log" 2>&1 || {
  cat "$work/init.log"
  if grep -q 'Unsupported Terraform Core version' "$work/init.log"; then
    skip "versions.tf pins another version of Terraform"
  fi
  if grep -q 'Failed to query available provider packages\|Failed to install provider' "$work/init.log"; then
    skip "the provider cannot be installed"
  fi
  echo "complete: failed: init"
  exit 1
}

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 "$tests/emulator.py" "$port" >"$work/moto.log" 2>&1 &
server=$!
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_REGION=eu-central-1 AWS_EC2_METADATA_DISABLED=true
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
for _ in $(seq 100); do
  python3 -c "import urllib.request; urllib.request.urlopen('$AWS_ENDPOINT_URL/moto-api/', timeout=1)" 2>/dev/null && break
  sleep 0.2
done

# With a relay: moto returns a configuration set of SES that the provider cannot read ("SendingEnabled" is an object).
relay='{host="relay.example.com", username="attache", password_secret_arn="arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf"}'

run() {
  terraform -chdir="$example" "$@" -input=false -no-color -var mail_from=files@example.com -var deletable=true -var "smtp=$relay"
}

# What the emulator has, except for what every account has.
inventory() {
  python3 "$tests/inventory.py" "$AWS_ENDPOINT_URL"
}

check() {
  local name=$1
  shift
  local start=$SECONDS
  run apply -auto-approve "$@" >"$work/apply.log" || {
    tail -60 "$work/apply.log"
    echo "complete: failed: $name: apply"
    exit 1
  }
  local applied=$((SECONDS - start))
  run plan -out "$work/plan" "$@" >"$work/plan.log" || {
    tail -60 "$work/plan.log"
    echo "complete: failed: $name: there is no second plan"
    exit 1
  }
  terraform -chdir="$example" show -json "$work/plan" | python3 "$tests/plan.py" || {
    echo "complete: failed: $name: a second plan is not empty"
    exit 1
  }
  resources=$(terraform -chdir="$example" state list | grep -vc '^data\.\|\.data\.')
  echo "$name: $resources resources, applied in $applied s; a second plan is empty"
}

inventory >"$work/before"
zone=$(python3 "$tests/inventory.py" "$AWS_ENDPOINT_URL" --zone example.com)

check "as it stands"
check "with a domain and an image" -var domain_name=links.example.com -var "zone_id=$zone" -var image=attache:1
check "as separate services" -var domain_name=links.example.com -var "zone_id=$zone" -var image=attache:1 -var separate_services=true

start=$SECONDS
run destroy -auto-approve -var domain_name=links.example.com -var "zone_id=$zone" -var image=attache:1 >"$work/destroy.log" || {
  tail -60 "$work/destroy.log"
  echo "complete: failed: destroy"
  exit 1
}
python3 "$tests/inventory.py" "$AWS_ENDPOINT_URL" --delete-zone "$zone"
inventory >"$work/after"
diff "$work/before" "$work/after" || {
  echo "complete: failed: destroy left something"
  exit 1
}
echo "complete: $resources resources on moto, destroyed in $((SECONDS - start)) s; nothing is left"
