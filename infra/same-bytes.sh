#!/usr/bin/env bash
# Builds the current commit a second time, in another folder, time zone and language, and compares the jars with those in target.
#
#   ./mvnw -DskipTests package && infra/same-bytes.sh
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -n $(git status --porcelain) ]]; then
  echo "infra/same-bytes.sh: skipped: there are changes that are not committed, and a second build would not have them"
  exit 0
fi
set -- target/attache-*.jar
[[ -f $1 ]] || { echo "infra/same-bytes.sh: target has no jar; './mvnw -DskipTests package' makes it" >&2; exit 1; }

sums() {
  (cd "$1/target" && sha256sum attache-*.jar training/*.jar lib/*.jar)
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet . "$folder/another/folder"
(cd "$folder/another/folder" && TZ=Pacific/Auckland LC_ALL=C timeout 900 ./mvnw -q -DskipTests package) >&2
if ! difference=$(diff <(sums .) <(sums "$folder/another/folder")); then
  echo "infra/same-bytes.sh: the builds differ:" >&2
  echo "$difference" >&2
  exit 1
fi
echo "$(sums . | wc -l) jars are the same; $(sha256sum "$1")"
