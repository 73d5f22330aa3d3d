package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventCodec;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.List;

/** Notifications of S3 in its two forms, as the Amazon S3 User Guide shows them. */
abstract class S3NotificationsTestBase {

    static final EventCodec CODEC = new ValidatingEventCodec();

    static final String EVENT_BRIDGE = """
        {"version":"0","id":"17793124","detail-type":"Object Created","source":"aws.s3","account":"111122223333",
         "time":"2026-11-21T09:30:00Z","region":"eu-central-1","resources":["arn:aws:s3:::attache"],
         "detail":{"version":"0","bucket":{"name":"attache"},
           "object":{"key":"uploads/a+b c%20d.pdf","size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
                     "version-id":"v1","sequencer":"00617F08299329D189"},
           "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012","reason":"PutObject"}}\
        """;

    static void assertRejected(String body, RejectionCode code, String detail) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> CODEC.readObjectsCreated(bytes(body)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(detail);
    }

    static List<ObjectCreated> created(byte[] body) {
        return CODEC.readObjectsCreated(body).created();
    }

    static String notification(String key) {
        return "{\"Records\":[" + entry("ObjectCreated:Put", key) + "]}";
    }

    static String entry(String eventName, String key) {
        return """
            {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1","eventTime":"2026-11-21T09:30:00.123Z",
             "eventName":"%s","userIdentity":{"principalId":"EXAMPLE"},
             "s3":{"s3SchemaVersion":"1.0","configurationId":"uploads","bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
                   "object":{"key":%s,"size":5,"eTag":"b1946ac92492d2347c6235b4d2611184","versionId":"v1",
                             "sequencer":"0055AED6DCD90281E5"}}}\
            """.formatted(eventName, quoted(key));
    }
}
