package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.ObjectCreated;
import dev.attache.contract.value.ObjectRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S3's own notifications. */
class S3NotificationsTests extends S3NotificationsTestBase {

    @Test
    void recordIsReadCompletely() {
        assertThat(created(bytes(notification("uploads/a+b.pdf"))))
                .containsExactly(new ObjectCreated(
                        new ObjectRef("attache", "uploads/a b.pdf", "v1"),
                        "b1946ac92492d2347c6235b4d2611184",
                        "0055AED6DCD90281E5",
                        "Put"));
    }

    @ParameterizedTest
    @CsvSource({
        "a+b,a b",
        "a%2Bb,a+b",
        "a%20b,a b",
        "Gr%C3%BC%C3%9Fe,Grüße",
        "a%2Fb/c,a/b/c",
        "%F0%9F%99%82,🙂",
        "a%252Bb,a%2Bb",
        "a%EF%BF%BDb,a\uFFFDb"
    })
    void keyIsDecoded(String encoded, String key) {
        assertThat(created(bytes(notification(encoded))))
                .singleElement()
                .satisfies(created -> assertThat(created.object().key()).isEqualTo(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%zz", "a%2", "a%FF", "a%C3", "a%ED%A0%80"})
    void keyThatIsNotUrlEncodedUtf8IsRejected(String encoded) {
        assertRejected(notification(encoded), CONTRACT_VIOLATION, "$.Records[0].s3.object.key");
    }

    @Test
    void allRecordsOfCreatedObjectsAreRead() {
        String body = """
            {"Records":[%s,%s,%s,%s]}\
            """.formatted(
                entry("ObjectCreated:Put", "one"), entry("ObjectRemoved:Delete", "two"),
                entry("ObjectCreated:CompleteMultipartUpload", "three"), entry("s3:ObjectCreated:Copy", "four"));

        assertThat(created(bytes(body)))
                .extracting(created -> created.object().key())
                .containsExactly("one", "three", "four");
    }

    @ParameterizedTest
    @CsvSource({
        "ObjectCreated:Put,Put",
        "ObjectCreated:Post,Post",
        "s3:ObjectCreated:Copy,Copy",
        "ObjectCreated:CompleteMultipartUpload,CompleteMultipartUpload",
        "ObjectCreated:Tomorrow,Tomorrow",
        "ObjectCreated:,"
    })
    void reasonIsTakenFromTheEventName(String eventName, String reason) {
        assertThat(created(bytes("{\"Records\":[" + entry(eventName, "k") + "]}")))
                .singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @Test
    void notificationWithoutRecordsIsEmpty() {
        assertThat(created(bytes("{\"Records\":[]}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eventTime|'\"now\"'",
                "eventTime|'\"2026-12-31T23:59:60Z\"'",
                "eventTime|0",
                "eventVersion|[]",
                "eventSource|{}",
                "awsRegion|null",
                "userIdentity|'\"me\"'",
                "s3/s3SchemaVersion|2.0",
                "s3/configurationId|[]",
                "s3/bucket/arn|7",
                "s3/bucket/ownerIdentity|null",
                "s3/object/size|-1",
                "s3/object/size|1e30",
                "s3/object/size|'\"5\"'",
                "s3/object/size|null",
                "newField|{\"a\":[1]}"
            })
    void unusedFieldsAreNotValidated(String field, String value) {
        assertThat(created(bytes(with(notification("k"), "/Records/0/" + field, value))))
                .isEqualTo(created(bytes(notification("k"))));
    }

    @Test
    void wrappedNotificationIsTheSame() {
        assertThat(created(bytes(sns(notification("k"))))).isEqualTo(created(bytes(notification("k"))));
    }

    @Test
    void missingFieldsAreAbsent() {
        String bare = without(
                without(
                        without(
                                with(notification("k"), "/Records/0/s3/object/versionId", "null"),
                                "/Records/0/s3/object/size"),
                        "/Records/0/s3/object/eTag"),
                "/Records/0/s3/object/sequencer");

        assertThat(created(bytes(bare)))
                .containsExactly(new ObjectCreated(new ObjectRef("attache", "k", null), null, null, "Put"));
    }

    @Test
    void quotesOfAnETagAreRemoved() {
        String quotes = with(notification("k"), "/Records/0/s3/object/eTag", quoted("\"abc-2\""));

        assertThat(created(bytes(quotes)).getFirst().eTag()).isEqualTo("abc-2");
    }

    @Test
    void brokenNotificationsAreRejected() {
        assertRejected("", MALFORMED, "empty");
        assertRejected("[]", MALFORMED, "not an object");
        assertRejected("{}", CONTRACT_VIOLATION, "$.Records is required");
        assertRejected("{\"Records\":{}}", CONTRACT_VIOLATION, "$.Records must be of type array");
        assertRejected(
                without(notification("k"), "/Records/0/eventName"), CONTRACT_VIOLATION, "$.Records[0].eventName");
        assertRejected(
                without(notification("k"), "/Records/0/s3/object/key"),
                CONTRACT_VIOLATION,
                "s3.object.key is required");
        assertRejected(
                with(notification("k"), "/Records/0", "7"), CONTRACT_VIOLATION, "$.Records[0] must be of type object");
        assertRejected(
                with(notification("k"), "/Records/0/eventName", "7"),
                CONTRACT_VIOLATION,
                "eventName must be of type string");
        assertRejected(without(notification("k"), "/Records/0/s3"), CONTRACT_VIOLATION, "$.Records[0].s3 is required");
        assertRejected(
                with(notification("k"), "/Records/0/eventName", "\"s3:ObjectCreated:\\n\"")
                        .replace("\"s3\":{", "\"s4\":{"),
                CONTRACT_VIOLATION,
                "$.Records[0].s3 is required");
        assertRejected(with(notification("k"), "/Records/0/s3/object/versionId", "7"), CONTRACT_VIOLATION, "versionId");
        assertRejected(with(notification("k"), "/Records/0/s3/object/eTag", "{}"), CONTRACT_VIOLATION, "eTag");
        assertRejected(with(notification("k"), "/Records/0/s3/object/sequencer", "7"), CONTRACT_VIOLATION, "sequencer");
        assertRejected(with(notification("k"), "/Records/0/s3/bucket/name", "\"\""), CONTRACT_VIOLATION, "bucket.name");
        assertRejected(with(EVENT_BRIDGE, "/detail/object/key", "\"\""), CONTRACT_VIOLATION, "$.detail.object.key");
        assertRejected(
                with(EVENT_BRIDGE, "/detail/object/sequencer", "7"), CONTRACT_VIOLATION, "$.detail.object.sequencer");
        assertRejected(without(EVENT_BRIDGE, "/source"), CONTRACT_VIOLATION, "$.source is required");
        assertRejected(without(EVENT_BRIDGE, "/detail/bucket"), CONTRACT_VIOLATION, "$.detail.bucket is required");
    }
}
