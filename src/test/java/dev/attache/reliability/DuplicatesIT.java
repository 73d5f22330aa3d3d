package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.OwnAws;
import dev.attache.reliability.worker.Programs;
import dev.attache.reliability.worker.Receives;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerHere;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.s3.ObjectCreated;
import dev.attache.sandbox.s3.S3EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Every event comes three times, in any order, and so does every notification of S3's. */
@DisabledIfSystemProperty(named = "aws", matches = "localstack|external", disabledReason = "It has an AWS of its own")
class DuplicatesIT {

    private static final int EVENTS = Settings.number("duplicates.events", 100);
    private static final int TIMES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 10);

    /**
     * What the run measured.
     *
     * @param sent messages sent to the worker by upstream, and notifications
     * @param heard messages on both topics, the same ones again included
     */
    record DuplicateFigures(
            int events, int sent, int heard, int links, int people, int mails, int duplicates, int uploads) {}

    @Test
    void threeTimesAreAsGoodAsOne() {
        try (var aws = OwnAws.start(Duration.ofSeconds(30));
                var programs = new Programs(aws);
                var worker = WorkerHere.start(
                        aws.surroundings(), Map.of(OwnAws.VISIBILITY_TIMEOUT, "30s"), new Receives())) {
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

    private static List<S3Object> uploaded(OwnAws aws) {
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

    /** Two more for each object, beside the one that S3 sent: an earlier and a later one by their sequencers. */
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
