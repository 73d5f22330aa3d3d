#!/bin/sh
# Makes an ahead-of-time cache (JEP 483 and 515) of the classes and profiles of a training run, with which Attaché starts in
# about half the time: attache.aot beside the jar and its lib.
#
#   infra/aot-cache.sh target/attache-0.1.0-SNAPSHOT.jar      # with the Java 25 that will run it first on the PATH
#   java -XX:AOTCache=target/attache.aot -jar target/attache-0.1.0-SNAPSHOT.jar
#
# The cache holds for this very Java and these very files only; with others Java starts without it, and says so.
# The training run touches no AWS: the worker handles some thousand requests of one within the same process.
set -eu
# Absolute: with a cache that was trained with another relative path, Java finds no origin of its classes, and the start fails.
jar=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cache=$(dirname "$jar")/attache.aot
log=$cache.log
java=${JAVA:-java}

rm -f "$cache"
"$java" -XX:AOTCacheOutput="$cache" -cp "$jar" dev.attache.training.TrainingRun > "$log" 2>&1 || true
if [ ! -s "$cache" ]; then
    echo "The training run left no cache; it said:" >&2
    cat "$log" >&2
    exit 1
fi
rm -f "$log"
