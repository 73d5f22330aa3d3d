#!/bin/sh
# Makes an ahead-of-time cache (JEP 483 and 515) of the classes and profiles of a training run, with which Attaché starts in
# about half the time: attache.aot beside the jar and its lib.
#
#   infra/aot-cache.sh target/attache-0.1.0-SNAPSHOT.jar      # with the Java 25 that will run it first on the PATH
#   java -XX:AOTCache=target/attache.aot -jar target/attache-0.1.0-SNAPSHOT.jar
#
# The cache holds for this very Java and these very files only; with others Java starts without it, and says so.
# The training run touches no AWS: it looks for its first queue where nobody listens, and ends with that.
set -u
jar=$1
cache=$(dirname "$jar")/attache.aot
log=$cache.log
java=${JAVA:-java}
nobody=http://127.0.0.1:1

rm -f "$cache"
# Everything that could be in the environment and lead elsewhere is given here.
"$java" -XX:AOTCacheOutput="$cache" -jar "$jar" \
    --server.port=0 --spring.security.user.password=training \
    --spring.cloud.aws.region.static=eu-central-1 \
    --spring.cloud.aws.credentials.access-key=training --spring.cloud.aws.credentials.secret-key=training \
    --spring.cloud.aws.sqs.endpoint="$nobody" --spring.cloud.aws.sns.endpoint="$nobody" --spring.cloud.aws.s3.endpoint="$nobody" \
    --attache.check-buckets=false --attache.mail.from=training@example.com --spring.mail.host=localhost \
    > "$log" 2>&1
if [ ! -s "$cache" ]; then
    echo "The training run left no cache; it said:" >&2
    cat "$log" >&2
    exit 1
fi
rm -f "$log"
