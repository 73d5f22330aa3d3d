package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.WrappedEventsAreOpenedTests.sns;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.ObjectCreated;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.ObjectNotification.Ignored;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S3's notifications in all forms, as the Amazon S3 User Guide shows them. */
class S3NotificationsTests {

    private static final JsonEventCodec CODEC = new JsonEventCodec();

    private static final String TEST_EVENT = """
        {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache",
         "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR"}\
        """;

    private static final String EVENT_BRIDGE = """
        {"version":"0","id":"17793124","detail-type":"Object Created","source":"aws.s3","account":"111122223333",
         "time":"2026-11-21T09:30:00Z","region":"eu-central-1","resources":["arn:aws:s3:::attache"],
         "detail":{"version":"0","bucket":{"name":"attache"},
           "object":{"key":"uploads/a+b c%20d.pdf","size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
                     "version-id":"v1","sequencer":"00617F08299329D189"},
           "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012","reason":"PutObject"}}\
        """;

    /** Amazon GuardDuty User Guide, "Monitoring S3 object scans with Amazon EventBridge". */
    private static final String SCAN = """
        {"version":"0","id":"72c7d362","detail-type":"GuardDuty Malware Protection Object Scan Result","source":"aws.guardduty",
         "account":"111122223333","time":"2026-11-21T09:30:00Z","region":"us-east-1","resources":["arn:aws:guardduty:example"],
         "detail":{"schemaVersion":"1.0","scanStatus":"COMPLETED","resourceType":"S3_OBJECT",
           "s3ObjectDetails":{"bucketName":"attache","objectKey":"uploads/a","eTag":"ASIAI44QH8DHBEXAMPLE","versionId":"d41d8cd9",
                              "s3Throttled":false},
           "scanResultDetails":{"scanResultStatus":"NO_THREATS_FOUND","threats":null}}}\
        """;

    @Test
    void recordSaysEverything() {
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
    void keyThatIsNotUrlEncodedUtf8BreaksTheContract(String encoded) {
        assertRejected(notification(encoded), CONTRACT_VIOLATION, "$.Records[0].s3.object.key");
    }

    @Test
    void severalRecordsAreReadAndOtherKindsPassedOver() {
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
    void eventNameSaysHowTheObjectWasCreated(String eventName, String reason) {
        assertThat(created(bytes("{\"Records\":[" + entry(eventName, "k") + "]}")))
                .singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "PutObject,Put",
        "POST Object,Post",
        "CopyObject,Copy",
        "CompleteMultipartUpload,CompleteMultipartUpload",
        "Tomorrow,Tomorrow"
    })
    void eventBridgesReasonHasTheNameOfTheNotifications(String given, String reason) {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/detail/reason", quoted(given)))))
                .singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @Test
    void reasonThatEventBridgeLeavesOutIsAbsent() {
        assertThat(created(bytes(without(EVENT_BRIDGE, "/detail/reason")))
                        .getFirst()
                        .reason())
                .isNull();
    }

    @Test
    void testEventNamesNoObject() {
        assertThat(CODEC.readObjectsCreated(bytes(TEST_EVENT))).isEqualTo(ObjectNotification.of(Ignored.TEST_EVENT));
        assertThat(CODEC.readObjectsCreated(bytes(sns(TEST_EVENT))))
                .isEqualTo(ObjectNotification.of(Ignored.TEST_EVENT));
    }

    @Test
    void noRecordsNameNoObject() {
        assertThat(created(bytes("{\"Records\":[]}"))).isEmpty();
    }

    @Test
    void eventBridgeKeyStandsAsItIs() {
        ObjectCreated expected = new ObjectCreated(
                new ObjectRef("attache", "uploads/a+b c%20d.pdf", "v1"),
                "b1946ac92492d2347c6235b4d2611184",
                "00617F08299329D189",
                "Put");

        assertThat(created(bytes(EVENT_BRIDGE))).containsExactly(expected);
        assertThat(created(bytes(sns(EVENT_BRIDGE)))).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object Deleted",
                "Object Restore Initiated",
                "Object Restore Completed",
                "Object Restore Expired",
                "Object Storage Class Changed",
                "Object Access Tier Changed",
                "Object ACL Updated",
                "Object Tags Added",
                "Object Tags Deleted",
                "Something Of Tomorrow",
                ""
            })
    void otherEventsOfS3AreIgnored(String detailType) {
        String event = with(with(EVENT_BRIDGE, "/detail-type", quoted(detailType)), "/detail", "{}");

        assertThat(CODEC.readObjectsCreated(bytes(event))).isEqualTo(ObjectNotification.of(Ignored.OTHER_CHANGE));
        assertThat(CODEC.readObjectsCreated(bytes(sns(event)))).isEqualTo(ObjectNotification.of(Ignored.OTHER_CHANGE));
    }

    @Test
    void scanOfAnObjectIsIgnored() {
        assertThat(CODEC.readObjectsCreated(bytes(SCAN))).isEqualTo(ObjectNotification.of(Ignored.MALWARE_SCAN));
        assertThat(CODEC.readObjectsCreated(bytes(sns(SCAN)))).isEqualTo(ObjectNotification.of(Ignored.MALWARE_SCAN));
    }

    @ParameterizedTest
    @CsvSource({
        "aws.guardduty,GuardDuty Finding",
        "aws.ec2,EC2 Instance State-change Notification",
        "com.example.crm,Object Created",
        "com.example.crm,attachment.requested"
    })
    void eventsOfOtherServicesAreIgnored(String source, String detailType) {
        String event = with(with(EVENT_BRIDGE, "/source", quoted(source)), "/detail-type", quoted(detailType));
        String withoutObject = with(event, "/detail", "\"none\"");

        assertThat(CODEC.readObjectsCreated(bytes(event))).isEqualTo(ObjectNotification.of(Ignored.OTHER_SERVICE));
        assertThat(CODEC.readObjectsCreated(bytes(withoutObject)))
                .isEqualTo(ObjectNotification.of(Ignored.OTHER_SERVICE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectRemoved:Delete",
                "ObjectRemoved:DeleteMarkerCreated",
                "s3:ObjectRemoved:Delete",
                "ObjectTagging:Put",
                "ObjectAcl:Put",
                "ObjectRestore:Completed",
                "LifecycleExpiration:Delete",
                "LifecycleTransition",
                "ReducedRedundancyLostObject",
                "Replication:OperationFailedReplication",
                "IntelligentTiering",
                "ObjectCreated",
                ""
            })
    void recordsOfOtherKindsAreIgnoredWhateverTheyHold(String eventName) {
        String body = "{\"Records\":[{\"eventName\":%s,\"s3\":0},%s]}"
                .formatted(quoted(eventName), entry("ObjectCreated:Put", "k"));

        ObjectNotification read = CODEC.readObjectsCreated(bytes(body));

        assertThat(read.created())
                .singleElement()
                .satisfies(created -> assertThat(created.object().key()).isEqualTo("k"));
        assertThat(read.ignored()).containsExactly(Ignored.OTHER_CHANGE);
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
    void fieldsOfANotificationThatAreNotUsedAreNotJudged(String field, String value) {
        assertThat(created(bytes(with(notification("k"), "/Records/0/" + field, value))))
                .isEqualTo(created(bytes(notification("k"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time|'\"now\"'",
                "time|null",
                "version|1",
                "account|{}",
                "region|7",
                "resources|null",
                "id|[]",
                "newField|1",
                "detail/version|1",
                "detail/object/size|-1",
                "detail/object/size|'\"5\"'",
                "detail/request-id|0",
                "detail/requester|[]",
                "detail/source-ip-address|1",
                "detail/newField|{}"
            })
    void fieldsOfAnEventThatAreNotUsedAreNotJudged(String field, String value) {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/" + field, value)))).isEqualTo(created(bytes(EVENT_BRIDGE)));
    }

    @Test
    void unusualReasonIsNoFault() {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/detail/reason", "7")))
                        .getFirst()
                        .reason())
                .isNull();
    }

    @Test
    void wrappedNotificationIsTheSame() {
        assertThat(created(bytes(sns(notification("k"))))).isEqualTo(created(bytes(notification("k"))));
    }

    @Test
    void whatANotificationLeavesOutIsAbsent() {
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
    void quotesOfAnETagAreDropped() {
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

    private static void assertRejected(String body, RejectionCode code, String detail) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> CODEC.readObjectsCreated(bytes(body)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(detail);
    }

    private static List<ObjectCreated> created(byte[] body) {
        return CODEC.readObjectsCreated(body).created();
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
                             "sequencer":"0055AED6DCD90281E5"}}}\
            """.formatted(eventName, quoted(key));
    }
}
