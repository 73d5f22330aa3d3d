package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.intake.BucketInMemory;
import dev.attache.intake.OnePolicy;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.upload.FakeSigner;
import dev.attache.upload.LedgerInMemory;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.cloud.stream.binder.test.EnableTestBinder;
import org.springframework.cloud.stream.binder.test.InputDestination;
import org.springframework.cloud.stream.binder.test.OutputDestination;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeTypeUtils;

/** The functions and bindings of production, with the test binder of Spring Cloud Stream. */
@SpringBootTest(
        properties = {
            "spring.cloud.stream.default-binder=integration",
            "spring.cloud.aws.region.static=eu-central-2",
            "spring.cloud.aws.credentials.access-key=none",
            "spring.cloud.aws.credentials.secret-key=none",
            "attache.check-buckets=false",
            "attache.mail.from=attache@example.com",
            "attache.uploads.sweep-interval=0",
            "attache.downloads.sweep-interval=0",
            "spring.mail.host=localhost"
        })
@EnableTestBinder
class FunctionsOnTheTestBinderTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Doubles {

        @Bean
        @Primary
        OpenUploads ledgerInMemory() {
            return new LedgerInMemory();
        }

        @Bean
        @Primary
        ObjectCatalog bucketInMemory() {
            return new BucketInMemory().with("downloads/crm/c.pdf", 42, "application/pdf", "e1");
        }

        @Bean
        @Primary
        LinkSigner fakeSigner(Clock clock) {
            return new FakeSigner(clock);
        }

        @Bean
        @Primary
        SourcePolicies onePolicy() {
            return OnePolicy.SOURCES;
        }
    }

    @Autowired
    InputDestination input;

    @Autowired
    OutputDestination output;

    @Autowired
    MeterRegistry meters;

    @Autowired
    EventCodec codec;

    private void send(String destination, String body) {
        input.send(
                MessageBuilder.withPayload(body.getBytes(StandardCharsets.UTF_8))
                        .setHeader("contentType", MimeTypeUtils.TEXT_PLAIN)
                        .build(),
                destination);
    }

    /** The framework's converters would parse a body by its content type, and unwrap an event from its envelope. */
    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/json", "application/octet-stream"})
    void noConverterChangesTheBody(String contentType) {
        input.send(
                MessageBuilder.withPayload("""
                    {"specversion":"1.0","id":"r-9","source":"crm","type":"attachment.requested","data":{"direction":"download",
                     "channel":"email","recipients":["ana@example.com"],"attachment":{"key":"downloads/crm/c.pdf"}}}\
                    """.getBytes(StandardCharsets.UTF_8))
                        .setHeader("contentType", contentType)
                        .build(),
                "attachment-requests");

        assertThat(output.receive(0, "deliveries")).isNotNull();
    }

    @Test
    void aRequestForTwoRecipientsGivesTwoDeliveriesWithTheirHeaders() {
        send("attachment-requests", """
            {"specversion":"1.0","id":"r-1","source":"crm","type":"attachment.requested","data":{"direction":"download",
             "channel":"newsletter","recipients":["ana@example.com","bo@example.com"],"campaign":{"id":"c","unsubscribeUrl":
             "https://news.example/{recipient}"},"attachment":{"key":"downloads/crm/c.pdf"}}}\
            """);

        for (String address : List.of("ana@example.com", "bo@example.com")) {
            Message<byte[]> message = Objects.requireNonNull(output.receive(1000, "deliveries"));
            assertThat(message.getHeaders())
                    .containsEntry("type", "link.issued")
                    .containsEntry("channel", "newsletter")
                    .containsEntry("source", "crm");
            LinkIssued issued =
                    codec.read(message.getPayload(), EventType.LINK_ISSUED).data();
            assertThat(issued.recipient().address()).isEqualTo(address);
            assertThat(issued.links().getFirst().contentLength()).isEqualTo(42);
        }
        assertThat(output.receive(0, "deliveries")).isNull();
    }

    @Test
    void aPurchaseGivesOneDelivery() {
        send("purchases-completed", """
            {"specversion":"1.0","id":"o-1","source":"shop","type":"purchase.completed","data":{"orderId":"1001",
             "purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"bo@example.com"},
             "items":[{"sku":"1","title":"One","attachment":{"key":"downloads/crm/c.pdf"}}]}}\
            """);

        Message<byte[]> message = Objects.requireNonNull(output.receive(1000, "deliveries"));
        assertThat(codec.read(message.getPayload(), EventType.LINK_ISSUED)
                        .data()
                        .purpose())
                .isEqualTo(LinkIssued.Purpose.PURCHASE);
    }

    @Test
    void aTestEventOfS3GivesNoOutput() {
        send("objects-created", """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T09:00:00.000Z","Bucket":"attache"}\
            """);

        assertThat(output.receive(0, "attachment-events")).isNull();
    }

    @Test
    void unknownUploadsHaveAMeterFromTheStart() {
        assertThat(meters.find("attache.uploads.unknown").counters())
                .hasSize(2)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }
}
