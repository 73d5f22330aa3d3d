package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.SubscribedPrograms;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.s3.ObjectCreated;
import dev.attache.sandbox.s3.S3EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Every event and every S3 notification is sent three times, in random order. */
@DedicatedAwsTest
@Tag("reliability")
class DuplicatesIT {

    private static final int EVENTS = Settings.number("duplicates.events", 100);
    private static final int TIMES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 10);

    /**
     * The figures of the run.
     *
     * @param sent events and notifications sent to the worker
     * @param heard messages on both topics, duplicates included
     */
    record DuplicateFigures(
            int events, int sent, int heard, int links, int people, int mails, int duplicates, int uploads) {}

    @Test
    void duplicatesHaveTheSameResultsAsSingleMessages() {
        try (var aws = DedicatedAws.start(Duration.ofSeconds(30));
                var programs = new SubscribedPrograms(aws);
                var worker = InProcessWorker.start(
                        aws.surroundings(), Map.of(DedicatedAws.VISIBILITY_TIMEOUT, "30s"), new ReceiveRecorder())) {
            var events = new Workload("again", 3).events(EVENTS);
            List<SentEvent> copies = new ArrayList<>();
            for (int time = 0; time < TIMES; time++) {
                copies.addAll(events);
            }
            Collections.shuffle(copies, new Random(3));

            aws.send(copies);
            var uploads = (int) events.stream().filter(SentEvent::isUpload).count();
            await("all uploads to arrive")
                    .atMost(PATIENCE)
                    .until(() -> uploaded(aws).size() == uploads);
            var notifications = notifications(uploaded(aws));
            notifications.forEach(body -> aws.upstream().send("objects-created", body));
            var outcome = Outcome.of(events, aws, programs, PATIENCE);

            Figures.keep(
                    "duplicates",
                    new DuplicateFigures(
                            EVENTS,
                            copies.size() + uploads + notifications.size(),
                            programs.heard(),
                            outcome.linksIssued(),
                            outcome.people(),
                            outcome.mailsReceived(),
                            outcome.duplicates().size(),
                            outcome.arrivals().size()));
            outcome.requireNothingLost();
            outcome.requireNothingTwice();
        }
    }

    private static List<S3Object> uploaded(DedicatedAws aws) {
        return aws
                .surroundings()
                .clients()
                .s3()
                .listObjectsV2Paginator(
                        request -> request.bucket(aws.surroundings().bucket()).prefix("uploads/"))
                .contents()
                .stream()
                .toList();
    }

    /** Two more notifications for each object: one with a smaller and one with a greater sequencer than that of S3. */
    private static List<String> notifications(List<S3Object> objects) {
        var json = new S3EventJson("eu-central-2");
        List<String> bodies = new ArrayList<>();
        for (var object : objects) {
            for (var sequencer : List.of("00", "FFFFFFFFFFFFFFFF")) {
                bodies.add(json.objectCreated(new ObjectCreated(
                        "Put",
                        "attache",
                        object.key(),
                        object.size(),
                        object.eTag().replace("\"", ""),
                        sequencer,
                        null,
                        Instant.now())));
            }
        }
        Collections.shuffle(bodies, new Random(3));
        assertThat(bodies).hasSize((TIMES - 1) * objects.size());
        return bodies;
    }
}
