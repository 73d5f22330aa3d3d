package dev.attache.sandbox.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages that S3 sends to a queue (Amazon S3 User Guide, "Event message structure").
 *
 * @param region the bucket's region
 */
public record S3EventJson(String region) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The message of one created object. */
    public String objectCreated(ObjectCreated created) {
        var object = new LinkedHashMap<String, Object>();
        // S3 encodes keys like URLEncoder, except that it does not encode slashes.
        object.put(
                "key", URLEncoder.encode(created.key(), StandardCharsets.UTF_8).replace("%2F", "/"));
        object.put("size", created.size());
        object.put("eTag", created.eTag());
        if (created.versionId() != null) {
            object.put("versionId", created.versionId());
        }
        object.put("sequencer", created.sequencer());

        var s3 = new LinkedHashMap<String, Object>();
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", "uploads");
        s3.put(
                "bucket",
                Map.of(
                        "name",
                        created.bucket(),
                        "ownerIdentity",
                        Map.of("principalId", "SANDBOX"),
                        "arn",
                        "arn:aws:s3:::" + created.bucket()));
        s3.put("object", object);

        var event = new LinkedHashMap<String, Object>();
        event.put("eventVersion", "2.1");
        event.put("eventSource", "aws:s3");
        event.put("awsRegion", region);
        event.put("eventTime", created.time().toString());
        event.put("eventName", "ObjectCreated:" + created.operation());
        event.put("userIdentity", Map.of("principalId", "SANDBOX"));
        event.put("requestParameters", Map.of("sourceIPAddress", "127.0.0.1"));
        event.put(
                "responseElements", Map.of("x-amz-request-id", UUID.randomUUID().toString()));
        event.put("s3", s3);
        return JSON.writeValueAsString(Map.of("Records", List.of(event)));
    }

    /** The message that S3 sends once, when a notification is configured. */
    public String testEvent(String bucket, Instant time) {
        var event = new LinkedHashMap<String, Object>();
        event.put("Service", "Amazon S3");
        event.put("Event", "s3:TestEvent");
        event.put("Time", time.toString());
        event.put("Bucket", bucket);
        event.put("RequestId", UUID.randomUUID().toString());
        event.put("HostId", "sandbox");
        return JSON.writeValueAsString(event);
    }
}
