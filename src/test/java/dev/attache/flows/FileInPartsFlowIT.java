package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that are sent in parts, with the calls of the upload page's script. */
@SandboxTest
@Tag("conditional-writes")
@Tag("notifications")
class FileInPartsFlowIT {

    private static final int PART = 8 << 20;

    private static final int SIZE = 2 * PART + 1000;

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Upstream upstream;

    private final HttpClient http = HttpClient.newHttpClient();

    private final String id = Events.newId();

    private String page = "";

    @BeforeEach
    void requestUpload() {
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"event","expiresIn":"PT1H","upload":{"contentTypes":["application/pdf"]}}\
            """));
        LinkIssued issued = Events.read(upstream.awaitContaining("deliveries-inbox", id), EventType.LINK_ISSUED)
                .data();
        page = issued.links().stream()
                .filter(link -> link.rel() == Link.Rel.UPLOAD_PAGE)
                .findFirst()
                .orElseThrow()
                .url()
                .reveal();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void afterAnInterruptionOnlyTheRestIsSent() throws Exception {
        Sender sender = new Sender(file(1), 1);
        sender.start();
        sender.send(1);
        sender.send(3);

        JsonNode resumed = sender.start();

        assertThat(resumed.path("parts")
                        .valueStream()
                        .map(part -> part.path("number").asInt()))
                .containsExactly(1, 3);
        sender.send(2);
        HttpResponse<String> completed = sender.complete();
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
        JsonNode receipt = JSON.readTree(completed.body());
        assertThat(receipt.at("/files/0/size").asInt()).isEqualTo(SIZE);
        assertThat(receipt.at("/files/0/name").asString()).isEqualTo("Scan.pdf");
        AttachmentUploaded uploaded = awaitUploaded();
        assertThat(uploaded.contentLength()).isEqualTo(SIZE);
        assertThat(uploaded.fileName()).isEqualTo("Scan.pdf");
        assertThat(object(uploaded)).isEqualTo(sender.file);
    }

    @Test
    void ofTwoTabsWithFilesOfEqualSizeTheFirstCompletionWins() throws Exception {
        Sender first = new Sender(file(1), 1);
        Sender second = new Sender(file(2), 2);
        first.start();
        second.start();
        for (int part = 1; part <= 3; part++) {
            first.send(part);
            second.send(part);
        }

        assertThat(second.complete().statusCode()).isEqualTo(200);
        HttpResponse<String> refused = first.complete();

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(refused.body()).path("code").asString()).isEqualTo("OTHER_ARRIVED");
        assertThat(object(awaitUploaded())).isEqualTo(second.file);
    }

    private AttachmentUploaded awaitUploaded() {
        return Events.read(
                        upstream.await(
                                "attachment-events-inbox",
                                message -> message.body().contains(id)
                                        && "attachment.uploaded"
                                                .equals(message.attributes().get("type"))),
                        EventType.ATTACHMENT_UPLOADED)
                .data();
    }

    private static byte[] object(AttachmentUploaded uploaded) {
        return TestAws.surroundings()
                .clients()
                .s3()
                .getObjectAsBytes(it -> it.bucket(uploaded.bucket()).key(uploaded.key()))
                .asByteArray();
    }

    private static byte[] file(int seed) {
        byte[] content = new byte[SIZE];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(sha256(content));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A tab of the page. */
    private final class Sender {

        private final String tab = UUID.randomUUID().toString();

        private final byte[] file;

        private final int lastModified;

        private String uploadId = "";

        private int number;

        Sender(byte[] file, int lastModified) {
            this.file = file;
            this.lastModified = lastModified;
        }

        JsonNode start() throws IOException, InterruptedException {
            HttpResponse<String> answer = post("/multipart", """
                {"name":"Scan.pdf","size":%d,"type":"application/pdf","lastModified":%d,"firstPart":"%s","tab":"%s"}\
                """.formatted(SIZE, lastModified, base64(part(1)), tab));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode started = JSON.readTree(answer.body());
            assertThat(started.path("partSize").asInt()).isEqualTo(PART);
            uploadId = started.path("uploadId").asString();
            number = started.path("number").asInt();
            return started;
        }

        void send(int part) throws IOException, InterruptedException {
            HttpResponse<String> answer = post("/parts", """
                {"number":%d,"uploadId":"%s","parts":[{"number":%d,"sha256":"%s"}]}\
                """.formatted(number, uploadId, part, base64(part(part))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode link = JSON.readTree(answer.body()).at("/parts/0");
            Map<String, String> headers = new HashMap<>();
            link.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString()));
            HttpResponse<byte[]> stored = Recipients.put(link.path("url").asString(), headers, part(part));
            assertThat(stored.statusCode())
                    .as(new String(stored.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
        }

        HttpResponse<String> complete() throws IOException, InterruptedException {
            ByteArrayOutputStream hashes = new ByteArrayOutputStream();
            for (int part = 1; part <= 3; part++) {
                hashes.writeBytes(sha256(part(part)));
            }
            return post("/multipart-complete", """
                {"number":%d,"uploadId":"%s","checksum":"%s-3"}\
                """.formatted(number, uploadId, base64(hashes.toByteArray())));
        }

        private byte[] part(int part) {
            return Arrays.copyOfRange(file, (part - 1) * PART, Math.min(part * PART, file.length));
        }

        private HttpResponse<String> post(String call, String body) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create(page + call))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
