#!/usr/bin/env bash
# Builds the image and checks it in a container of 512 MiB with a read-only root file system: a mail and its links, a list of
# 10,000 people, a stop with messages in flight (ImageIT), its size and labels. Prints the figures.
#
#   ./mvnw -DskipTests package && infra/image-check.sh
#
# It uses Docker's daemon if there is one. Otherwise, as root and with "dockerd" installed, it starts one for itself and stops it.
# BASE names the base image. If it is not set and the registry cannot be reached, the base is made here: Debian's by debootstrap,
# or from DEBIAN_ROOT, a directory with one, and the JDK 25 of JAVA_HOME or of /usr/lib/jvm.
# What it started and made is removed at the end, but for the image attache:check if a daemon was running already.
set -euo pipefail
cd "$(dirname "$0")/.."

most_megabytes=350
skip() {
  echo "infra/image-check.sh: skipped: $1"
  exit 0
}

command -v docker >/dev/null || skip "Docker is not installed"
set -- target/attache-*.jar
[[ -f $1 && -f target/classes/META-INF/sbom/application.cdx.json ]] || {
  echo "infra/image-check.sh: target has no jar and bill of materials; './mvnw -DskipTests package' makes both" >&2
  exit 1
}

own=
folder=$(mktemp -d)
cleanup() {
  status=$?
  if [[ -n $own ]]; then
    kill "$own" 2>/dev/null || true
    wait "$own" 2>/dev/null || true
    umount "$folder"/exec/netns/* 2>/dev/null || true
  fi
  rm -rf "$folder"
  exit "$status"
}
trap cleanup EXIT

if ! timeout 20 docker info >/dev/null 2>&1; then
  command -v dockerd >/dev/null || skip "there is no Docker daemon"
  [[ $(id -u) == 0 ]] || skip "there is no Docker daemon, and only root can start one"
  export DOCKER_HOST=unix://$folder/docker.sock
  # The network of this machine is left as it is: all containers of this check use it.
  dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
    --iptables=false --bridge=none >"$folder/dockerd.log" 2>&1 &
  own=$!
  for _ in {1..60}; do
    if timeout 5 docker info >/dev/null 2>&1 || ! kill -0 "$own" 2>/dev/null; then break; fi
    sleep 0.5
  done
  timeout 5 docker info >/dev/null 2>&1 || skip "no Docker daemon can be started: $(tail -n 1 "$folder/dockerd.log")"
fi

# The client needs BuildKit, which reads Dockerfile.dockerignore. A newer client without its plug-in has none.
export DOCKER_BUILDKIT=1
docker=docker
if ! docker build --help 2>&1 | grep -q -- --progress; then
  for docker in /usr/bin/docker none; do
    if "$docker" build --help 2>/dev/null | grep -q -- --progress; then break; fi
  done
  [[ $docker != none ]] || skip "Docker has no BuildKit (package docker-buildx)"
fi

# Prints the folder of a JDK 25: that of JAVA_HOME, or one that is installed below /usr or /opt.
jdk() {
  local home
  while read -r home; do
    if [[ -x $home/bin/jlink && -f $home/release ]] && grep -q '^JAVA_VERSION="25' "$home/release"; then
      echo "$home"
      return
    fi
  done < <(echo "${JAVA_HOME:-}"; find /usr /opt -path '*/bin/jlink' 2>/dev/null | sed 's|/bin/jlink$||')
  return 1
}

base=${BASE:-}
if [[ -z $base ]]; then
  base=eclipse-temurin:25-jdk
  if ! timeout 300 docker pull --quiet "$base" >/dev/null 2>&1; then
    base=attache-base:debootstrap
    home=$(jdk) || skip "the registry does not have $base for us, and there is no JDK 25 to make a base with"
    debian=${DEBIAN_ROOT:-}
    if [[ -z $debian ]]; then
      command -v debootstrap >/dev/null || skip "neither a registry nor debootstrap can give a base image"
      debian=$folder/debian
      timeout 600 debootstrap --variant=minbase stable "$debian" >"$folder/debootstrap.log" 2>&1 ||
        skip "debootstrap failed: $(tail -n 1 "$folder/debootstrap.log")"
    fi
    # Without /proc, /sys and /dev, which every container has of its own; the JDK with the files that its links lead to.
    tar -C "$debian" --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* --exclude=./var/cache/* --create . |
      docker import - attache-base:debian >/dev/null
    printf '%s\n' 'FROM attache-base:debian' 'COPY . /opt/java/openjdk/' \
      'ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin' >"$folder/Dockerfile"
    tar --dereference --create --directory "$home" . --directory "$folder" Dockerfile |
      timeout 300 "$docker" build --quiet --tag "$base" - >/dev/null
  fi
fi

echo "Base: $base"
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
version=$(basename "$1" .jar)
version=${version#attache-}
began=$SECONDS
# Without a network: nothing of the build may need one.
timeout 900 "$docker" build --network none --progress plain --file infra/Dockerfile --tag attache:check \
  --build-arg BASE="$base" --build-arg VERSION="$version" --build-arg REVISION="$revision" \
  --build-arg CREATED="$(date --utc +%Y-%m-%dT%H:%M:%SZ)" . >"$folder/build.log" 2>&1 ||
  { tail -n 40 "$folder/build.log" >&2; exit 1; }
echo "Built in $((SECONDS - began)) s"

bytes=$(docker image inspect --format '{{.Size}}' attache:check)
docker history --format '{{.Size}}\t{{.CreatedBy}}' attache:check | grep COPY
echo "Image: $((bytes / 1000000)) MB"
((bytes < most_megabytes * 1000000)) || { echo "The image has more than $most_megabytes MB" >&2; exit 1; }
[[ $(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.revision"}}' attache:check) == "$revision" ]]
[[ $(docker image inspect --format '{{.Config.User}}' attache:check) == 10001:10001 ]]

# By the jar that is in the image: the build makes the same one again.
timeout 1500 ./mvnw -q verify -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ImageIT -Dimage=attache:check
tail -n +1 target/reliability/image-*.json
