package dev.attache.contract;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.attache.contract.EventFixtures.bytes;
import static dev.attache.contract.EventFixtures.quoted;
import static dev.attache.contract.EventFixtures.with;
import static dev.attache.contract.EventFixtures.without;
import static dev.attache.contract.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.RejectionCode.MALFORMED;
import static dev.attache.contract.WrappedEventsAreOpenedTests.sns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** S3's notifications in all forms, as the Amazon S3 User Guide shows them. */
class S3NotificationsTests {

    private static final JsonEventCodec CODEC = new JsonEventCodec();

    private static final String TEST_EVENT = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache",
             "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR"}""";

    private static final String EVENT_BRIDGE = """
            {"version":"0","id":"17793124","detail-type":"Object Created","source":"aws.s3","account":"111122223333",
             "time":"2026-11-21T09:30:00Z","region":"eu-central-1","resources":["arn:aws:s3:::attache"],
             "detail":{"version":"0","bucket":{"name":"attache"},
               "object":{"key":"uploads/a+b c%20d.pdf","size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
                         "version-id":"v1","sequencer":"00617F08299329D189"},
               "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012","reason":"PutObject"}}""";

    @Test
    void recordSaysEverything() {
        assertThat(CODEC.readObjectsCreated(bytes(notification("uploads/a+b.pdf")))).containsExactly(new ObjectCreated(
                new ObjectRef("attache", "uploads/a b.pdf", "v1"), 5L, "b1946ac92492d2347c6235b4d2611184",
                "0055AED6DCD90281E5", Instant.parse("2026-11-21T09:30:00.123Z"), "Put"));
    }

    @ParameterizedTest
    @CsvSource({"a+b,a b", "a%2Bb,a+b", "a%20b,a b", "Gr%C3%BC%C3%9Fe,Grüße", "a%2Fb/c,a/b/c", "%F0%9F%99%82,🙂",
            "a%252Bb,a%2Bb", "a%EF%BF%BDb,a\uFFFDb"})
    void keyIsDecoded(String encoded, String key) {
        assertThat(CODEC.readObjectsCreated(bytes(notification(encoded)))).singleElement()
                .satisfies(created -> assertThat(created.object().key()).isEqualTo(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%zz", "a%2", "a%FF", "a%C3", "a%ED%A0%80"})
    void keyThatIsNotUrlEncodedUtf8BreaksTheContract(String encoded) {
        assertRejected(notification(encoded), CONTRACT_VIOLATION, "$.Records[0].s3.object.key");
    }

    @Test
    void severalRecordsAreReadAndOtherKindsPassedOver() {
        String body = """
                {"Records":[%s,%s,%s,%s]}""".formatted(
                entry("ObjectCreated:Put", "one"), entry("ObjectRemoved:Delete", "two"),
                entry("ObjectCreated:CompleteMultipartUpload", "three"), entry("s3:ObjectCreated:Copy", "four"));

        assertThat(CODEC.readObjectsCreated(bytes(body))).extracting(created -> created.object().key())
                .containsExactly("one", "three", "four");
    }

    @ParameterizedTest
    @CsvSource({"ObjectCreated:Put,Put", "ObjectCreated:Post,Post", "s3:ObjectCreated:Copy,Copy",
            "ObjectCreated:CompleteMultipartUpload,CompleteMultipartUpload", "ObjectCreated:Tomorrow,Tomorrow", "ObjectCreated:,"})
    void eventNameSaysHowTheObjectWasCreated(String eventName, String reason) {
        assertThat(CODEC.readObjectsCreated(bytes("{\"Records\":[" + entry(eventName, "k") + "]}"))).singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"PutObject,Put", "POST Object,Post", "CopyObject,Copy", "CompleteMultipartUpload,CompleteMultipartUpload",
            "Tomorrow,Tomorrow"})
    void eventBridgesReasonHasTheNameOfTheNotifications(String given, String reason) {
        assertThat(CODEC.readObjectsCreated(bytes(with(EVENT_BRIDGE, "/detail/reason", quoted(given))))).singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @Test
    void reasonThatEventBridgeLeavesOutIsAbsent() {
        assertThat(CODEC.readObjectsCreated(bytes(without(EVENT_BRIDGE, "/detail/reason"))).getFirst().reason()).isNull();
    }

    @Test
    void testEventNamesNoObject() {
        assertThat(CODEC.readObjectsCreated(bytes(TEST_EVENT))).isEmpty();
        assertThat(CODEC.readObjectsCreated(bytes(sns(TEST_EVENT)))).isEmpty();
    }

    @Test
    void noRecordsNameNoObject() {
        assertThat(CODEC.readObjectsCreated(bytes("{\"Records\":[]}"))).isEmpty();
    }

    @Test
    void eventBridgeKeyStandsAsItIs() {
        ObjectCreated expected = new ObjectCreated(new ObjectRef("attache", "uploads/a+b c%20d.pdf", "v1"), 5L,
                "b1946ac92492d2347c6235b4d2611184", "00617F08299329D189", Instant.parse("2026-11-21T09:30:00Z"), "Put");

        assertThat(CODEC.readObjectsCreated(bytes(EVENT_BRIDGE))).containsExactly(expected);
        assertThat(CODEC.readObjectsCreated(bytes(sns(EVENT_BRIDGE)))).containsExactly(expected);
    }

    @Test
    void otherEventBridgeEventsNameNoObject() {
        assertThat(CODEC.readObjectsCreated(bytes(with(EVENT_BRIDGE, "/detail-type", "\"Object Deleted\"")))).isEmpty();
    }

    @Test
    void wrappedNotificationIsTheSame() {
        assertThat(CODEC.readObjectsCreated(bytes(sns(notification("k")))))
                .isEqualTo(CODEC.readObjectsCreated(bytes(notification("k"))));
    }

    @Test
    void whatANotificationLeavesOutIsAbsent() {
        String bare = without(without(without(with(notification("k"), "/Records/0/s3/object/versionId", "null"),
                "/Records/0/s3/object/size"), "/Records/0/s3/object/eTag"), "/Records/0/s3/object/sequencer");

        assertThat(CODEC.readObjectsCreated(bytes(bare))).containsExactly(new ObjectCreated(
                new ObjectRef("attache", "k", null), null, null, null, Instant.parse("2026-11-21T09:30:00.123Z"), "Put"));
    }

    @Test
    void quotesOfAnETagAreDropped() {
        String quotes = with(notification("k"), "/Records/0/s3/object/eTag", quoted("\"abc-2\""));

        assertThat(CODEC.readObjectsCreated(bytes(quotes)).getFirst().eTag()).isEqualTo("abc-2");
    }

    @Test
    void brokenNotificationsAreRejected() {
        assertRejected("", MALFORMED, "empty");
        assertRejected("[]", MALFORMED, "not an object");
        assertRejected("{}", CONTRACT_VIOLATION, "$.Records is required");
        assertRejected("{\"Records\":{}}", CONTRACT_VIOLATION, "$.Records must be of type array");
        assertRejected(without(notification("k"), "/Records/0/eventName"),
                CONTRACT_VIOLATION, "$.Records[0].eventName");
        assertRejected(without(notification("k"), "/Records/0/s3/object/key"),
                CONTRACT_VIOLATION, "s3.object.key is required");
        assertRejected(with(notification("k"), "/Records/0/eventTime", "\"now\""),
                CONTRACT_VIOLATION, "$.Records[0].eventTime");
        assertRejected(with(notification("k"), "/Records/0/eventTime", "\"2026-12-31T23:59:60Z\""),
                CONTRACT_VIOLATION, "eventTime");
        assertRejected(with(notification("k"), "/Records/0/s3/object/size", "-1"), CONTRACT_VIOLATION, "size");
        assertRejected(without(EVENT_BRIDGE, "/detail/bucket"), CONTRACT_VIOLATION, "$.detail.bucket is required");
    }

    private static void assertRejected(String body, RejectionCode code, String detail) {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> CODEC.readObjectsCreated(bytes(body)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(detail);
    }

    private static String notification(String key) {
        return "{\"Records\":[" + entry("ObjectCreated:Put", key) + "]}";
    }

    private static String entry(String eventName, String key) {
        return """
                {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1","eventTime":"2026-11-21T09:30:00.123Z",
                 "eventName":"%s","userIdentity":{"principalId":"EXAMPLE"},
                 "s3":{"s3SchemaVersion":"1.0","configurationId":"uploads","bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
                       "object":{"key":%s,"size":5,"eTag":"b1946ac92492d2347c6235b4d2611184","versionId":"v1",
                                 "sequencer":"0055AED6DCD90281E5"}}}""".formatted(eventName, quoted(key));
    }
}
