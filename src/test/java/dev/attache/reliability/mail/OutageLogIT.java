package dev.attache.reliability.mail;

import static dev.attache.reliability.worker.MailWorker.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.reliability.worker.Fault;
import dev.attache.reliability.worker.LogLines;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is logged during outages of the mail relay and of SQS. */
@DedicatedAwsTest
@Tag("reliability")
@ExtendWith(OutputCaptureExtension.class)
class OutageLogIT {

    private static final Duration OUTAGE = Settings.duration("relay.outage", Duration.ofSeconds(3));
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final int INPUTS = 6;

    @Test
    void anOutageOfTheRelayLogsTwoLines(CapturedOutput log) {
        try (var worker = MailWorker.start()) {
            var events = new Workload("unsent", 0).downloads(20);
            var lines = LogLines.fromNowOn(log);
            worker.relay().refuseConnections();

            worker.send(events);
            await("an open circuit breaker").atMost(RECOVERY).until(() -> !worker.isClosed("mail"));
            await("an outage without mails")
                    .atMost(OUTAGE.plusSeconds(10))
                    .during(OUTAGE)
                    .until(() -> worker.relay().mails().isEmpty());
            worker.relay().acceptConnections();
            worker.awaitSettled(RECOVERY);

            assertThat(worker.accepted())
                    .isEqualTo(people(events).stream().collect(Collectors.toMap(person -> person, person -> 1L)));
            assertThat(lines.containing("mail does not answer; inputs that need it receive nothing"))
                    .singleElement()
                    .asString()
                    .contains("WARN", "Connection refused");
            assertThat(lines.containing("mail answers again")).hasSize(1);
            assertThat(lines.ofStackTraces()).isEmpty();
            requireFew(lines, 4);
        }
    }

    @Test
    void anOutageOfSqsLogsTwoLinesForEachInput(CapturedOutput log) {
        // Short, so that a message that could not be deleted is received again soon.
        try (var worker = MailWorker.start(Duration.ofSeconds(8), Map.of())) {
            var inFlight = new Workload("in-flight", 0).downloads(5);
            var later = new Workload("later", 0).downloads(5);
            worker.relay()
                    .behave(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofSeconds(1), Answer.standard())));
            worker.send(inFlight);
            await("a mail under way")
                    .atMost(RECOVERY)
                    .until(() -> worker.relay().commands().stream()
                            .anyMatch(command -> command.verb().equals(".")));
            var lines = LogLines.fromNowOn(log);

            worker.sqs().begin(Fault.RESET);
            worker.send(later);
            await("a line for each input")
                    .atMost(RECOVERY)
                    .until(() ->
                            lines.containing("Nothing can be received from").size() >= INPUTS);
            await("an outage with few lines")
                    .atMost(OUTAGE.plusSeconds(10))
                    .during(OUTAGE)
                    .until(() ->
                            lines.containing("Nothing can be received from").size() == INPUTS);
            worker.sqs().end();
            worker.awaitSettled(RECOVERY);
            await("a line for each input")
                    .atMost(RECOVERY)
                    .until(() -> lines.containing("Messages are received from").size() == INPUTS);

            assertThat(worker.accepted())
                    .isEqualTo(Stream.concat(people(inFlight).stream(), people(later).stream())
                            .collect(Collectors.toMap(person -> person, person -> 1L)));
            assertThat(lines.ofStackTraces()).isEmpty();
            requireFew(lines, 2 * INPUTS + 4);
            assertThat(worker.deadMails()).isEmpty();
        }
    }

    /** In addition to the summaries, of which an input may log two a minute. */
    private static void requireFew(LogLines lines, int most) {
        var summaries = lines.containing(": Input ");
        assertThat(lines.all()).filteredOn(line -> !summaries.contains(line)).hasSizeLessThanOrEqualTo(most);
        assertThat(summaries).hasSizeLessThanOrEqualTo(2 * INPUTS * Math.toIntExact(OUTAGE.toMinutes() + 1));
    }
}
