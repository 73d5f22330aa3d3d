package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.intake.IntakeTestBase;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Notifications of S3 arrive repeatedly and out of order. */
class ArrivalsInAnyOrderTests extends IntakeTestBase {

    private static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final String KEY = "uploads/crm/" + ID + "/f.pdf";

    /** Ids of {@code attachment.uploaded}, by version. */
    private final Map<String, List<String>> ids = new LinkedHashMap<>();

    @BeforeEach
    void openAnUpload() {
        ledger.open(UploadBuilder.upload(ID, NOW, NOW.plusSeconds(3600)).build());
    }

    /** Versions are written in this order. Sequencers increase, but the longer one is not the later one. */
    private void write(int versions) {
        for (int version = 1; version <= versions; version++) {
            bucket.withVersion(KEY, "v" + version, NOW.plusSeconds(version));
        }
    }

    private void notify(int version) {
        created.apply(message("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"e-v%d","versionId":"v%d","sequencer":"0055AED6DCD9028%d%s"}}}]}\
            """.formatted(KEY, version, version, version, version % 2 == 0 ? "" : "1E5")))
                .forEach(message -> {
                    CloudEvent<AttachmentUploaded> event = uploaded(message);
                    ids.computeIfAbsent(event.data().versionId(), none -> new ArrayList<>())
                            .add(event.id());
                });
    }

    @Test
    void repeatedNotificationsOfOneVersionHaveOneId() {
        write(1);

        for (int i = 0; i < 5; i++) {
            notify(1);
        }

        assertThat(ids).containsOnlyKeys("v1");
        assertThat(ids.get("v1")).hasSize(5).containsOnly(ids.get("v1").getFirst());
    }

    @Test
    void twoVersionsInOrderHaveTwoIds() {
        write(2);

        notify(1);
        notify(2);

        assertThat(ids).containsOnlyKeys("v1", "v2");
        assertThat(ids.get("v1")).doesNotContainAnyElementsOf(ids.get("v2"));
    }

    @Test
    void lateNotificationOfAnOlderVersionIsIgnored() {
        write(2);

        notify(2);
        notify(1);
        notify(2);

        assertThat(ids).containsOnlyKeys("v2");
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).versionId())
                .isEqualTo("v2");
    }

    @RepeatedTest(50)
    void latestVersionIsAnnouncedInAnyOrderOfNotifications(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int versions = 1 + random.nextInt(5);
        write(versions);
        List<Integer> notifications = new ArrayList<>();
        for (int version = 1; version <= versions; version++) {
            notifications.addAll(Collections.nCopies(1 + random.nextInt(4), version));
        }
        Collections.shuffle(notifications, random);

        notifications.forEach(this::notify);

        assertThat(ids).containsKey("v" + versions);
        Map<String, String> versionOf = new HashMap<>();
        ids.forEach((version, all) -> {
            assertThat(all).containsOnly(all.getFirst());
            assertThat(versionOf.put(all.getFirst(), version)).isNull();
        });
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).versionId())
                .isEqualTo("v" + versions);
    }

    @Test
    void fileFoundWithoutANotificationIsReplacedOnlyByANewerVersion() {
        write(2);
        ledger.change(
                ID,
                upload -> UploadBuilder.arrived(
                        upload,
                        new OpenUpload.Arrival(
                                KEY, "v2", "e-v2", null, 500, "application/pdf", NOW.plusSeconds(2), null)));

        notify(1);
        assertThat(ids).isEmpty();
        notify(2);
        bucket.withVersion(KEY, "v3", NOW.plusSeconds(3));
        notify(3);

        assertThat(ids).containsOnlyKeys("v2", "v3");
    }
}
