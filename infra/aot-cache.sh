#!/bin/sh
# Makes an ahead-of-time cache (JEP 483, JEP 515) with which Attaché starts in about half the time: the file attache.aot in
# the directory of the jar.
#
#   ./mvnw -DskipTests package
#   infra/aot-cache.sh target/attache-0.1.0-SNAPSHOT.jar
#   java -XX:AOTCache=target/attache.aot -jar target/attache-0.1.0-SNAPSHOT.jar
#
# The worker runs once, on emulated services in another process, handles some thousand messages, and is stopped with SIGTERM.
# No AWS account and no network are needed. The emulator is the jar in training/, which "./mvnw package" makes beside the
# worker's; production does not need it.
#
# The cache is valid only for the Java and the files that it was made with. With others, Java starts without the cache and
# prints a warning. JAVA names the worker's Java if it is not the first "java" on the PATH; EMULATOR_JAVA the emulator's, which
# needs the module jdk.httpserver, if it is another.
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  echo "usage: infra/aot-cache.sh <jar>, such as target/attache-0.1.0-SNAPSHOT.jar; './mvnw -DskipTests package' makes it" >&2
  exit 2
fi
# Absolute: Java rejects classes from the cache if the path of the jar was relative to another directory.
directory=$(cd "$(dirname "$1")" && pwd)
jar=$directory/$(basename "$1")
cache=$directory/attache.aot
log=$cache.log
java=${JAVA:-java}
emulator_java=${EMULATOR_JAVA:-$java}

set -- "$directory"/training/attache-*-training.jar
if [ ! -f "$1" ]; then
  echo "infra/aot-cache.sh: $1 is missing; './mvnw -DskipTests package' makes it" >&2
  exit 1
fi

rm -f "$cache"
if ! "$emulator_java" -jar "$1" "$java" -XX:AOTCacheOutput="$cache" -jar "$jar" >"$log" 2>&1 || [ ! -s "$cache" ]; then
  rm -f "$cache"
  echo "infra/aot-cache.sh: the training run failed. Its output was:" >&2
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
