package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.SmtpServer;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.Settings;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SampleFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The built image in a container with the recommended limits, on an embedded AWS. {@code infra/image-check.sh} builds
 * the image and runs this test; the figures are in {@code target/reliability}.
 */
@EnabledIfSystemProperty(
        named = "image",
        matches = ".+",
        disabledReason = "infra/image-check.sh builds the image and names it")
class ImageIT {

    private static final String IMAGE = System.getProperty("image", "");

    private static final int PEOPLE = Settings.number("image.people", 10_000);

    private static final int MAILS_BEFORE_STOP = PEOPLE / 5;

    private static final Duration PATIENCE = Duration.ofSeconds(120L + PEOPLE / 20);

    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private static final Pattern STARTED =
            Pattern.compile("Started AttacheApplication in ([0-9.]+) seconds \\(process running for ([0-9.]+)\\)");

    private static final Pattern DATE_IN_PORTUGUESE = Pattern.compile("\\d de \\p{L}+ de 20\\d\\d");

    private static final int EXIT_AFTER_SIGTERM = 143;

    /**
     * Times in seconds.
     *
     * @param started as Spring Boot logs it
     * @param process the JVM's age then
     * @param ready from "docker run" until the readiness probe answered with 200
     * @param cpu of the JVM until then
     */
    record StartFigures(double started, double process, double ready, double cpu) {}

    /**
     * @param seconds from the request for the list until its last mail, with a stop and a start
     * @param stopSeconds of the first stop, with messages in flight
     * @param mailsBeforeStop when the container was stopped
     * @param mailsAfterStop when it had stopped
     * @param peakResident of each container's JVM, in MiB
     * @param peakOfGroup of the second container, in MiB
     */
    record ListFigures(
            int people,
            long seconds,
            double stopSeconds,
            int mailsBeforeStop,
            int mailsAfterStop,
            int duplicates,
            List<Integer> peakResident,
            int peakOfGroup) {}

    @Test
    void aMailArrivesInItsLanguageAndItsLinksWork() throws Exception {
        try (var aws = DedicatedAws.start(VISIBILITY);
                var container = start(aws.surroundings().properties(), "image-flow")) {
            awaitStart(aws, container, "image-start-1");
            SampleFiles.all()
                    .forEach(file -> aws.surroundings()
                            .clients()
                            .s3()
                            .putObject(
                                    it -> it.bucket(aws.surroundings().bucket())
                                            .key(file.key())
                                            .contentType(file.contentType()),
                                    RequestBody.fromBytes(file.content())));
            request(aws, "page-1", "crm", """
                "recipients":[{"address":"ana@example.com","name":"Ana","locale":"pt-BR","timeZone":"America/Sao_Paulo"}],
                "attachment":{"key":"downloads/crm/contract-4711.pdf"}\
                """);
            request(aws, "link-1", "desk", """
                "recipients":["bob@example.com"],"attachment":{"key":"downloads/crm/contract-4711.pdf"}\
                """);
            var mailbox = new Mailbox(aws.surroundings().mail());

            ReceivedMail withPage = mailbox.await("ana@example.com");
            assertThat(withPage.text()).containsPattern(DATE_IN_PORTUGUESE);
            assertThat(get(withPage.links().getFirst()).body()).asString().contains("contract-4711.pdf");
            HttpResponse<byte[]> file =
                    get(mailbox.await("bob@example.com").links().getFirst());
            assertThat(file.body()).startsWith('%', 'P', 'D', 'F');

            await("the image's health check")
                    .atMost(PATIENCE)
                    .until(() -> container.health().equals("healthy"));
            assertThat(container.run("jcmd", "1", "GC.class_histogram")).contains("dev.attache.");
            assertThat(container.output()).doesNotContain("[aot");
            assertThat(container.stop().exitCode()).isEqualTo(EXIT_AFTER_SIGTERM);
        }
    }

    @Test
    void everyRecipientOfALongListGetsAMailAlthoughTheContainerIsStoppedMeanwhile() throws Exception {
        try (var aws = DedicatedAws.start(VISIBILITY);
                var relay = new SmtpServer()) {
            Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
            settings.put("spring.mail.host", relay.host());
            settings.put("spring.mail.port", String.valueOf(relay.port()));
            Container.End stop;
            int before, after, firstPeak;
            Instant began;
            try (var container = start(settings, "image-list-1")) {
                awaitStart(aws, container, "image-start-2");
                began = Instant.now();
                requestForList(aws);
                awaitMails(relay, container, MAILS_BEFORE_STOP);
                before = relay.mails().size();
                firstPeak = container.peakResident();
                stop = container.stop();
                after = relay.mails().size();
            }
            assertThat(stop.exitCode()).isEqualTo(EXIT_AFTER_SIGTERM);
            assertThat(stop.outOfMemory()).isFalse();
            assertThat(after).as("mails when the container had stopped").isLessThan(PEOPLE);

            try (var container = start(settings, "image-list-2")) {
                awaitStart(aws, container, "image-start-3");
                awaitMails(relay, container, PEOPLE);
                await("the end of all messages")
                        .atMost(PATIENCE)
                        .until(() -> aws.unfinished().isEmpty());
                long seconds = Duration.between(began, Instant.now()).toSeconds();
                List<String> recipients = relay.mails().stream()
                        .flatMap(mail -> mail.recipients().stream())
                        .toList();
                var different = new HashSet<>(recipients);
                Figures.keep(
                        "image-list",
                        new ListFigures(
                                PEOPLE,
                                seconds,
                                seconds(stop.took()),
                                before,
                                after,
                                recipients.size() - different.size(),
                                List.of(firstPeak, container.peakResident()),
                                container.peakOfGroup()));

                assertThat(different)
                        .isEqualTo(IntStream.range(0, PEOPLE)
                                .mapToObj(ImageIT::address)
                                .collect(Collectors.toSet()));
                assertThat(aws.deadLetters()).isEmpty();
                Container.End end = container.stop();
                assertThat(end.exitCode()).isEqualTo(EXIT_AFTER_SIGTERM);
                assertThat(end.outOfMemory()).isFalse();
            }
        }
    }

    private static Container start(Map<String, String> settings, String log) {
        return Container.start(IMAGE, settings, Figures.FOLDER.resolve(log + ".log"));
    }

    private static void awaitStart(DedicatedAws aws, Container container, String figures) {
        Duration ready =
                container.awaitReady(URI.create(aws.surroundings().managementOrigin() + "/actuator/health/readiness"));
        Duration cpu = container.cpuTime();
        Matcher line = STARTED.matcher(container.output());
        assertThat(line.find()).isTrue();
        double started = Double.parseDouble(line.group(1));
        double process = Double.parseDouble(line.group(2));
        Figures.keep(figures, new StartFigures(started, process, seconds(ready), seconds(cpu)));
    }

    private static void awaitMails(SmtpServer relay, Container container, int mails) {
        await(mails + " mails")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(container.isRunning()).as("the container runs").isTrue();
                    return relay.mails().size() >= mails;
                });
    }

    private static void requestForList(DedicatedAws aws) {
        String key = "downloads/crm/list.ndjson";
        String list = IntStream.range(0, PEOPLE)
                .mapToObj(i -> "{\"address\":\"" + address(i) + "\"}")
                .collect(Collectors.joining("\n"));
        var s3 = aws.surroundings().clients().s3();
        String bucket = aws.surroundings().bucket();
        s3.putObject(it -> it.bucket(bucket).key(key), RequestBody.fromString(list));
        s3.putObject(
                it -> it.bucket(bucket).key("downloads/crm/letter.pdf").contentType("application/pdf"),
                RequestBody.fromString("%PDF-1.7 letter"));
        request(aws, "list-1", "crm", """
            "recipientList":{"key":"%s"},"attachment":{"key":"downloads/crm/letter.pdf"}\
            """.formatted(key));
    }

    private static void request(DedicatedAws aws, String id, String source, String data) {
        aws.upstream().send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"%s","type":"attachment.requested","time":"2026-11-27T09:00:00Z",
             "data":{"direction":"download","channel":"email",%s}}\
            """.formatted(id, source, data));
    }

    private static String address(int number) {
        return "r" + number + "@example.com";
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
