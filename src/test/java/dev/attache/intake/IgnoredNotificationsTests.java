package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredNotificationsTests extends ObjectCreatedTestBase {

    @Test
    void objectWithAnotherKeyIsCountedAndIgnored() {
        assertThat(arrives("uploads/crm/somebody-elses.pdf", "e1", "0A")).isEmpty();

        assertThat(unknown("key")).isEqualTo(1);
        assertThat(unknown("elsewhere")).isZero();
    }

    @Test
    void uploadIdInTheFolderOfAnotherSourceIsCountedAndIgnored() {
        assertThat(arrives("uploads/shop/" + ID + "/my_file.pdf", "e1", "0A")).isEmpty();

        assertThat(unknown("key")).isZero();
        assertThat(unknown("elsewhere")).isEqualTo(1);
    }

    private double unknown(String reason) {
        return meters.get("attache.uploads.unknown")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double ignored(String reason) {
        return meters.get("attache.objects.ignored")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void otherEventsAreCountedByKindAndAcknowledged() {
        assertThat(List.of("test-event", "other-change", "malware-scan", "other-service"))
                .allSatisfy(reason -> assertThat(ignored(reason)).isZero());

        assertThat(created.apply(message("""
            {"Records":[{"eventName":"ObjectRemoved:Delete"},{"eventName":"ObjectTagging:Put"}]}\
            """))).isEmpty();
        assertThat(created.apply(message("""
            {"detail-type":"GuardDuty Malware Protection Object Scan Result","source":"aws.guardduty","detail":{}}\
            """))).isEmpty();
        assertThat(created.apply(message("""
            {"detail-type":"Anything","source":"aws.ec2","detail":{}}\
            """))).isEmpty();

        assertThat(ignored("other-change")).isEqualTo(2);
        assertThat(ignored("malware-scan")).isEqualTo(1);
        assertThat(ignored("other-service")).isEqualTo(1);
        assertThat(meters.find("attache.objects.ignored").counters()).hasSize(4);
    }

    @Test
    void retriedMessageIsCountedOnce() {
        String body = """
            {"Records":[{"eventName":"ObjectRemoved:Delete"},
             {"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"attache"},"object":{"key":"%s"}}}]}\
            """.formatted(KEY);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> created.apply(message(body)));
        bucket.with(KEY, 500, "application/pdf", "e1");

        assertThat(created.apply(message(body))).hasSize(3);

        assertThat(ignored("other-change")).isEqualTo(1);
    }

    @Test
    void testEventPublishesNothing() {
        assertThat(created.apply(message("""
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache",
             "RequestId":"1","HostId":"2"}\
            """))).isEmpty();
    }
}
