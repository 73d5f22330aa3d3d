package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.ObjectNotification;
import dev.attache.contract.ObjectNotification.Ignored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that name no created object. */
class IgnoredObjectEventsTests extends S3NotificationsTestBase {

    private static final String TEST_EVENT = """
        {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache",
         "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR"}\
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
    void testEventIsIgnored() {
        assertThat(CODEC.readObjectsCreated(bytes(TEST_EVENT))).isEqualTo(ObjectNotification.of(Ignored.TEST_EVENT));
        assertThat(CODEC.readObjectsCreated(bytes(sns(TEST_EVENT))))
                .isEqualTo(ObjectNotification.of(Ignored.TEST_EVENT));
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
    void otherRecordsAreIgnoredWhateverTheyContain(String eventName) {
        String body = "{\"Records\":[{\"eventName\":%s,\"s3\":0},%s]}"
                .formatted(quoted(eventName), entry("ObjectCreated:Put", "k"));

        ObjectNotification read = CODEC.readObjectsCreated(bytes(body));

        assertThat(read.created())
                .singleElement()
                .satisfies(created -> assertThat(created.object().key()).isEqualTo("k"));
        assertThat(read.ignored()).containsExactly(Ignored.OTHER_CHANGE);
    }
}
