# shellcheck shell=bash
# Installs, starts and stops LocalStack. Sourced by the other scripts, in the project's directory.

localstack_home=target/localstack
localstack_pid=

# Prints the last line that .ci/run repeats, and ends the script. A script that cannot run here does not fail.
skip() {
  echo "$(basename "$0"): skipped: $*"
  exit 0
}

# The minutes and seconds since the script began.
elapsed() {
  printf '%d min %02d s' $((SECONDS / 60)) $((SECONDS % 60))
}

# Prints a Python that LocalStack 4.14 works with: 3.13 or newer. With 3.12 it starts, and answers most calls with 500,
# because it imports warnings.deprecated. Folders of pyenv are searched as well: only one of its versions is on the PATH.
find_python() {
  local candidate
  for candidate in python3 python3.13 python3.14 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
    if "$candidate" -c 'import venv; from warnings import deprecated' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

# Installs LocalStack from PyPI into target/localstack, if it is not there. The last release that needs no account;
# it does not start with newer releases of two libraries.
install_localstack() {
  local python
  [[ -x $localstack_home/bin/python && -e $localstack_home/complete ]] && return
  python=$(find_python) || skip 'LocalStack needs Python 3.13 or newer, which is not on this machine'
  mkdir -p target
  "$python" -m venv --clear "$localstack_home"
  "$localstack_home/bin/pip" install --quiet --disable-pip-version-check 'localstack-core[runtime]==4.14.0' \
    localstack==4.14.0 'cbor2<5.9' 'pyOpenSSL<26' service-identity >"$localstack_home/pip.log" 2>&1 ||
    skip "LocalStack could not be installed from the package index: $(tail -n 1 "$localstack_home/pip.log")"
  touch "$localstack_home/complete"
}

free_port() {
  "$localstack_home/bin/python" -c 'import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1])'
}

# start_localstack <services> <endpoint strategy of SQS>: starts it on a free port, waits until it is ready, and stops
# it when the script ends. Sets localstack_port. It then checks presigned links as S3 does.
start_localstack() {
  localstack_port=$(free_port)
  local home=$PWD/$localstack_home log=$localstack_home/localstack.log waited
  env SERVICES="$1" SQS_ENDPOINT_STRATEGY="$2" GATEWAY_LISTEN="127.0.0.1:$localstack_port" \
    LOCALSTACK_HOST="127.0.0.1:$localstack_port" EAGER_SERVICE_LOADING=1 S3_SKIP_SIGNATURE_VALIDATION=0 \
    DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 DNS_ADDRESS=0 LOCALSTACK_VOLUME_DIR="$home/volume" \
    PATH="$home/bin:$PATH" "$home/bin/python" -m localstack.runtime.main >"$log" 2>&1 &
  localstack_pid=$!
  trap stop_localstack EXIT
  for ((waited = 0; waited < 120; waited++)); do
    grep -q '^Ready\.' "$log" && return
    kill -0 "$localstack_pid" 2>/dev/null || break
    sleep 1
  done
  tail -n 20 "$log" >&2
  echo "LocalStack is not ready after $waited s; all of its log is in $log" >&2
  return 1
}

stop_localstack() {
  if [[ -n $localstack_pid ]]; then
    kill "$localstack_pid" 2>/dev/null || true
    wait "$localstack_pid" 2>/dev/null || true
    localstack_pid=
  fi
}
