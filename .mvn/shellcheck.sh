#!/bin/sh
# Checks all shell scripts, where shellcheck is installed. Maven runs it in "verify", see pom.xml.
set -eu
cd "$(dirname "$0")/.."

if ! command -v shellcheck >/dev/null; then
  echo "shellcheck is not installed: the shell scripts are not checked"
  exit 0
fi
shellcheck -x mvnw .ci/* .mvn/*.sh infra/*.sh infra/terraform/examples/*/tests/*.sh src/test/resources/setup/aws
# With the files in infra/setup, which it includes.
shellcheck -x --check-sourced infra/setup.sh
