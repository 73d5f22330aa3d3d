package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import software.amazon.awssdk.core.sync.RequestBody;

@SandboxTest
class LargeAudienceFlowIT {

    private static final int PEOPLE = 1_000;

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Value("${attache.bucket}")
    String bucket;

    /** With long names: the recipients need several parts. */
    private String list(String id) {
        return IntStream.range(0, PEOPLE)
                .mapToObj(i -> "{\"address\":\"%s\",\"name\":\"%s\"}".formatted(address(id, i), "名".repeat(200)))
                .collect(Collectors.joining("\n"));
    }

    private static String address(String id, int number) {
        return "r" + number + "@" + id + ".example.com";
    }

    /**
     * Each id once: a part may be received twice, like any message, and its links are then published again with the
     * same ids.
     */
    private Collection<CloudEvent<LinkIssued>> issued(String id) {
        return upstream.messages("deliveries-inbox").stream()
                .filter(message -> message.body().contains(id))
                .map(message -> Events.read(message, EventType.LINK_ISSUED))
                .collect(Collectors.toMap(CloudEvent::id, event -> event, (first, again) -> first))
                .values();
    }

    @Test
    void everyRecipientOfAListGetsOneMail() {
        String id = Events.newId();
        String key = "downloads/crm/audiences/" + id + ".ndjson";
        TestAws.surroundings()
                .clients()
                .s3()
                .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(list(id)));

        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipientList":{"key":"%s"},
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """.formatted(key)));

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(issued(id)).hasSizeGreaterThanOrEqualTo(PEOPLE));
        assertThat(issued(id))
                .extracting(event ->
                        Objects.requireNonNull(event.data().recipient()).address())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, PEOPLE).mapToObj(i -> address(id, i)).toList());
        assertThat(issued(id)).extracting(event -> event.data().requestId()).containsOnly(id);
        for (int i = 0; i < PEOPLE; i += 37) {
            String address = address(id, i);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(mailbox.mails(address)).hasSize(1));
            assertThat(mailbox.await(address).links()).isNotEmpty();
        }
    }
}
