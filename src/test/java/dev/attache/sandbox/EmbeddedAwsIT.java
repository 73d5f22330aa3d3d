package dev.attache.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uses its own embedded AWS, without a worker that receives the messages. */
class EmbeddedAwsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BUCKET = Surroundings.BUCKET;

    private static EmbeddedAws aws;
    private static Upstream upstream;

    private final S3Client s3 = aws.surroundings().clients().s3();
    private final String key = "uploads/crm/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        aws = new EmbeddedAws(Ports.random());
        var surroundings = aws.surroundings();
        new TopologyProvisioner(surroundings.clients(), BUCKET, new TopologyWiring.Embedded(aws)).provision();
        upstream = new Upstream(surroundings.clients());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void aPutIsNotifiedWithItsKeyEncoded() {
        var eTag = put(key + "/Größe 1+1.pdf", "four");

        var event = awaitEvent(key);

        assertThat(event.path("eventName").asString()).isEqualTo("ObjectCreated:Put");
        assertThat(event.path("eventSource").asString()).isEqualTo("aws:s3");
        assertThat(event.at("/s3/bucket/name").asString()).isEqualTo(BUCKET);
        assertThat(event.at("/s3/object/key").asString()).isEqualTo(key + "/Gr%C3%B6%C3%9Fe+1%2B1.pdf");
        assertThat(event.at("/s3/object/size").asInt()).isEqualTo(4);
        assertThat(event.at("/s3/object/eTag").asString()).isEqualTo(eTag.replace("\"", ""));
        assertThat(event.at("/s3/object").has("versionId")).isFalse();
    }

    @Test
    void copiesAndCompletedMultipartUploadsAreNotified() {
        put("downloads/source", "copied");
        s3.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey("downloads/source")
                .destinationBucket(BUCKET)
                .destinationKey(key + "/copy"));
        var upload = s3.createMultipartUpload(request -> request.bucket(BUCKET).key(key + "/parts"))
                .uploadId();
        var part = s3.uploadPart(
                request -> request.bucket(BUCKET)
                        .key(key + "/parts")
                        .uploadId(upload)
                        .partNumber(1),
                RequestBody.fromString("in parts"));
        s3.completeMultipartUpload(request -> request.bucket(BUCKET)
                .key(key + "/parts")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));

        assertThat(awaitEvent(key + "/copy").path("eventName").asString()).isEqualTo("ObjectCreated:Copy");
        var completed = awaitEvent(key + "/parts");
        assertThat(completed.path("eventName").asString()).isEqualTo("ObjectCreated:CompleteMultipartUpload");
        assertThat(completed.at("/s3/object/size").asInt()).isEqualTo(8);
    }

    @Test
    void laterWritesHaveGreaterSequencers() {
        put(key, "first");
        put(key, "second, longer");

        var first = upstream.await(
                "objects-created",
                message -> message.body().contains(key) && message.body().contains("\"size\":5"));
        var second = upstream.await(
                "objects-created",
                message -> message.body().contains(key) && message.body().contains("\"size\":14"));

        assertThat(sequencer(second.body())).isGreaterThan(sequencer(first.body()));
    }

    @Test
    void onlyUploadsAndTheTestEventAreNotified() {
        put("ledger/" + UUID.randomUUID(), "ours");
        put(key, "theirs");
        awaitEvent(key);

        assertThat(upstream.messages("objects-created"))
                .noneMatch(message -> message.body().contains("ledger/"))
                .filteredOn(message -> message.body().contains("s3:TestEvent"))
                .hasSize(1);
    }

    /** Not on LocalStack, which accepts the empty message and then fails to deliver it. */
    @Test
    void oneInvalidEntryOfABatchFailsAlone() {
        var sns = aws.surroundings().clients().sns();
        var topicArn =
                sns.createTopic(request -> request.name("attachment-events")).topicArn();

        var result = sns.publishBatch(request -> request.topicArn(topicArn)
                .publishBatchRequestEntries(
                        entry("good", key + "/first"), entry("bad", ""), entry("fine", key + "/last")));

        assertThat(result.successful()).extracting("id").containsExactly("good", "fine");
        assertThat(result.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.id()).isEqualTo("bad");
            assertThat(failed.code()).isEqualTo("InvalidParameter");
            assertThat(failed.senderFault()).isTrue();
        });
        upstream.awaitContaining("attachment-events-inbox", key + "/first");
        upstream.awaitContaining("attachment-events-inbox", key + "/last");
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning() throws IOException {
        var ports = Ports.random();
        try (var taken = new ServerSocket(ports.sns(), 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(Ports.PortTakenException.class)
                    .isThrownBy(() -> new EmbeddedAws(ports))
                    .withMessageContaining("Port %d, which the sandbox needs for SNS, is taken", taken.getLocalPort());
        }

        try (var taken = new ServerSocket(ports.management(), 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(Ports.PortTakenException.class)
                    .isThrownBy(() -> new EmbeddedAws(ports))
                    .withMessageContaining(
                            "Port %d, which the sandbox needs for Attaché's actuator, is taken", taken.getLocalPort());
        }

        // All ports are free again, also after an AWS that ran was closed.
        new EmbeddedAws(ports).close();
        new EmbeddedAws(ports).close();
    }

    @Test
    void theSampleFilesHaveTheFormatsOfTheirNames() {
        var pdf = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("downloads/crm/contract-4711.pdf"));
        var epub = s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("downloads/shop/streams.epub"));

        assertThat(pdf.response().contentType()).isEqualTo("application/pdf");
        assertThat(pdf.asByteArray()).startsWith("%PDF-1.4".getBytes());
        // The first entry of an EPUB is its media type; name and content begin at byte 30 (EPUB 3.3, "OCF ZIP").
        assertThat(new String(epub.asByteArray(), 30, 28)).isEqualTo("mimetypeapplication/epub+zip");
    }

    private String put(String key, String content) {
        return s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content))
                .eTag();
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    private static JsonNode awaitEvent(String key) {
        return JSON.readTree(upstream.awaitContaining("objects-created", key).body())
                .path("Records")
                .get(0);
    }

    private static String sequencer(String event) {
        return JSON.readTree(event).at("/Records/0/s3/object/sequencer").asString();
    }
}
