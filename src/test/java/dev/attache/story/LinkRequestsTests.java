package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.intake.BucketInMemory;
import dev.attache.queues.QueueReference;
import dev.attache.story.LinkRequests.Preview;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class LinkRequestsTests extends StoryTestBase {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final String KEY = "downloads/crm/a.pdf";

    private final List<String> sent = new ArrayList<>();

    private final List<String> senders = new ArrayList<>();

    private String queue = "attachment-requests";

    private Verdict verdict = new Verdict.Accepted("");

    private final ValidatingEventCodec codec = new ValidatingEventCodec();

    private LinkRequests links(String... workers) {
        SharedObjects objects =
                new SharedObjects(s3, new BucketInMemory().with(KEY, 500, "application/pdf", "e"), policies, sources);
        return new LinkRequests(
                codec,
                policies,
                sources,
                objects,
                checks(),
                new RecordingSqs(),
                QueueReference.of(queue),
                List.of(workers),
                clock);
    }

    private AcceptanceChecks checks() {
        AcceptanceCheck check = new AcceptanceCheck() {

            @Override
            public boolean isFor(String sourceQueue) {
                return sourceQueue.equals("attachment-requests");
            }

            @Override
            public List<EventType<?>> types() {
                return List.of(EventType.ATTACHMENT_REQUESTED);
            }

            @Override
            public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
                senders.add(String.valueOf(senderId));
                return verdict;
            }
        };
        return new AcceptanceChecks(
                List.of(check),
                error -> {
                    throw new AssertionError(error);
                },
                SenderAttestation.NONE,
                "attache-sender");
    }

    /** Keeps what is sent. */
    private final class RecordingSqs implements SqsClient {

        @Override
        public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            return GetQueueUrlResponse.builder()
                    .queueUrl("https://sqs.example/"
                            + (request.queueOwnerAWSAccountId() == null ? "" : request.queueOwnerAWSAccountId() + "/")
                            + request.queueName())
                    .build();
        }

        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            sent.add(request.queueUrl() + " " + request.messageBody());
            return SendMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }

    private static LinkRequest link(String source, String key, String address) {
        return new LinkRequest(
                ID, source, null, null, key, address, "Ana", "pt", Duration.ofDays(3), "Subject", null, 2, false, true);
    }

    @Test
    void aLinkIsSentAsAnEventOfItsSource() {
        assertThat(links().send(link("crm", KEY, ANA))).isEmpty();

        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).startsWith("https://sqs.example/attachment-requests {");
        String body = sent.getFirst().substring(sent.getFirst().indexOf('{'));
        CloudEvent<AttachmentRequested> event =
                codec.read(body.getBytes(StandardCharsets.UTF_8), EventType.ATTACHMENT_REQUESTED);
        assertThat(event.id()).isEqualTo(ID.toString());
        assertThat(event.source()).isEqualTo("crm");
        assertThat(event.time()).isEqualTo(clock.instant());
        assertThat(event.data().recipients()).containsExactly(new Recipient(ANA, "Ana", "pt", null));
        assertThat(event.data().expiresIn()).isEqualTo(Duration.ofDays(3));
        assertThat(event.data().page()).isEqualTo(new PageOptions(2, null, null, true, null));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sqs:eu-central-1:111122223333:attachment-requests,"
                + " https://sqs.example/111122223333/attachment-requests",
        "https://sqs.example/444455556666/attachment-requests, https://sqs.example/444455556666/attachment-requests"
    })
    void theQueueMayBeStatedByArnOrUrl(String stated, String url) {
        queue = stated;

        assertThat(links().send(link("crm", KEY, ANA))).isEmpty();

        assertThat(sent).singleElement().asString().startsWith(url + " {");
    }

    @Test
    void aPreviewSendsNothingAndShowsTheObject() {
        Preview preview = links().preview(link("crm", KEY, ANA));

        assertThat(preview)
                .isInstanceOfSatisfying(
                        Preview.Accepted.class,
                        it -> assertThat(it.object().contentLength()).isEqualTo(500));
        assertThat(sent).isEmpty();
    }

    private void assertRejected(LinkRequest link, String code) {
        assertThat(links().send(link))
                .hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(code));
        assertThat(sent).isEmpty();
    }

    @Test
    void whatTheWorkerWouldRejectIsNotSent() {
        assertRejected(link("crm", KEY, "ana"), "ADDRESS_INVALID");
        assertRejected(link("crm", "downloads/shop/a.pdf", ANA), "KEY_NOT_ALLOWED");
        assertRejected(link("crm", "downloads/crm/b.pdf", ANA), "OBJECT_NOT_FOUND");
        assertRejected(link("nobody", KEY, ANA), "SOURCE_NOT_ALLOWED");
        verdict = new Verdict.Rejected("EXPIRY_OUT_OF_RANGE", "too long");
        assertRejected(link("crm", KEY, ANA), "EXPIRY_OUT_OF_RANGE");
    }

    @Test
    void aPinnedSourceSaysWhatToConfigure() {
        assertThat(links().obstacle("crm")).isEmpty();
        assertThat(links().obstacle("bank"))
                .hasValueSatisfying(it -> assertThat(it)
                        .contains(
                                "attache.audience.sender-ids",
                                "attache.console.sender-ids",
                                "attache.sources.bank.sender-ids"));
        assertThat(links("AROAOTHER").obstacle("bank"))
                .hasValueSatisfying(it -> assertThat(it).contains("AROAOTHER"));
        assertRejected(link("bank", "downloads/bank/a.pdf", ANA), "SOURCE_NOT_ALLOWED");
    }

    @Test
    void aSourceThatIsPinnedToTheWorkerIsCheckedWithItsSender() {
        LinkRequests links = links("AROAWORKER");

        assertThat(links.obstacle("bank")).isEmpty();
        links.preview(link("bank", "downloads/bank/b.pdf", ANA));
        links.preview(link("crm", KEY, ANA));

        assertThat(senders).containsExactly("null");
    }

    @Test
    void theLifetimesOfASourceAreKnown() {
        assertThat(links().hasPages("crm")).isTrue();
        assertThat(links().lifetimes("crm").longest()).isEqualTo(Duration.ofDays(30));
    }
}
