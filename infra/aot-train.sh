#!/bin/sh
# The training run of aot-cache.sh, and of the image: leaves attache.aot beside the attache.jar in this folder.
set -u
folder=$1
java=${JAVA:-java}
nobody=http://127.0.0.1:1

rm -f "$folder/attache.aot"
# Everything that could be in the environment and lead elsewhere is given here.
"$java" -XX:AOTCacheOutput="$folder/attache.aot" -jar "$folder/attache.jar" \
    --server.port=0 --spring.security.user.password=training \
    --spring.cloud.aws.region.static=eu-central-1 \
    --spring.cloud.aws.credentials.access-key=training --spring.cloud.aws.credentials.secret-key=training \
    --spring.cloud.aws.sqs.endpoint="$nobody" --spring.cloud.aws.sns.endpoint="$nobody" --spring.cloud.aws.s3.endpoint="$nobody" \
    --attache.check-buckets=false --attache.mail.from=training@example.com --spring.mail.host=localhost \
    > "$folder/training.log" 2>&1
if [ ! -s "$folder/attache.aot" ]; then
    echo "The training run left no cache; it said:" >&2
    cat "$folder/training.log" >&2
    exit 1
fi
rm -f "$folder/training.log"
