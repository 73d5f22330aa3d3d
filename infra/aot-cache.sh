#!/bin/sh
# Makes a folder from which Attaché starts in half the time: its jar unpacked, and beside it an ahead-of-time cache (JEP 483
# and 515) of the classes and profiles of a training run.
#
#   infra/aot-cache.sh target/attache-0.1.0-SNAPSHOT.jar target/app      # with the Java 25 that will run it first on the PATH
#   java -XX:AOTCache=target/app/attache.aot -jar target/app/attache.jar
#
# The cache holds for this very Java and these very files only; with others Java starts without it, and says so.
# The training run touches no AWS: it looks for its first queue where nobody listens, and ends with that.
set -eu
jar=$1
folder=$2
java=${JAVA:-java}

rm -rf "$folder"
"$java" -Djarmode=tools -jar "$jar" extract --destination "$folder"
[ -f "$folder/attache.jar" ] || mv "$folder"/attache-*.jar "$folder/attache.jar"
"$(dirname "$0")/aot-train.sh" "$folder"
