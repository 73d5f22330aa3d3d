package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.download.LinkChangeHandlers;
import dev.attache.story.RequestChanges.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class RequestChangesTests extends StoryTestBase {

    private static final UUID EVENT = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final List<Message<byte[]>> published = new ArrayList<>();

    private final RequestChanges operator =
            new RequestChanges(LinkChangeHandlers.of(changes, clock), policies, published::add, clock);

    private List<Object> types() {
        return published.stream().map(it -> it.getHeaders().get("type")).toList();
    }

    @Test
    void aRequestIsRevokedAndItsSourceIsTold() {
        mailed(page("r-1", ANA));

        operator.revoke(Target.ofRequest("crm", "r-1"), EVENT);

        assertThat(story("r-1").deliveries().getFirst().state().kind()).isEqualTo(StoryState.Kind.REVOKED);
        assertThat(types()).containsExactly("link.revoked");
        assertThat(published.getFirst().getHeaders()).containsEntry("source", "crm");
    }

    @Test
    void linksToARecipientAreRevokedInAllRequestsButNotToOthers() {
        mailed(page("r-1", ANA));
        mailed(page("r-2", ANA));
        mailed(page("r-2", "bo@example.com"));

        operator.revoke(Target.ofRecipient("crm", ANA), EVENT);

        assertThat(story("r-2").deliveries())
                .allSatisfy(delivery -> assertThat(delivery.state().kind())
                        .isEqualTo(delivery.address().equals(ANA) ? StoryState.Kind.REVOKED : StoryState.Kind.OPEN));
        assertThat(story("r-1").deliveries().getFirst().state().kind()).isEqualTo(StoryState.Kind.REVOKED);
    }

    @Test
    void aFormThatIsSentTwiceIsOneChangeWithOneEventId() {
        operator.revoke(Target.ofRequest("crm", "r-1"), EVENT);
        byte[] first = s3.objects.lastEntry().getValue();
        operator.revoke(Target.ofRequest("crm", "r-1"), EVENT);

        assertThat(s3.objects.lastEntry().getValue()).isEqualTo(first);
        assertThat(published).hasSize(2);
        assertThat(published.stream().map(RequestChangesTests::id).distinct()).hasSize(1);
    }

    private static String id(Message<byte[]> message) {
        String body = new String(message.getPayload(), StandardCharsets.UTF_8);
        return body.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void aRequestIsExtendedWithinTheSourcesLimit() {
        mailed(page("r-1", ANA));
        Instant until = clock.instant().plus(Duration.ofDays(29));

        operator.extend(Target.ofRequest("crm", "r-1"), until, EVENT);

        assertThat(story("r-1").deliveries().getFirst().state()).isEqualTo(new StoryState(StoryState.Kind.OPEN, until));
        assertThat(types()).containsExactly("link.extended");
        assertThat(operator.longestExtension("crm")).isEqualTo(Duration.ofDays(30));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> operator.extend(
                        Target.ofRequest("crm", "r-1"), clock.instant().plus(Duration.ofDays(31)), EVENT))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.EXPIRY_OUT_OF_RANGE));
    }

    @Test
    void aSourceThatIsPinnedToSendersNeedsNoFurtherSender() {
        operator.revoke(Target.ofRequest("bank", "r-1"), EVENT);

        assertThat(types()).containsExactly("link.revoked");
    }
}
