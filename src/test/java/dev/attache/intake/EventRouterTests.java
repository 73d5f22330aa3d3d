package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SourcePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/** Each event of a queue is handled by the handler of its type. */
class EventRouterTests extends IntakeTestBase {

    private final List<CloudEvent<LinkRevokeRequested>> revocations = new ArrayList<>();

    private final List<CloudEvent<LinkExtendRequested>> extensions = new ArrayList<>();

    private final List<SourcePolicy> sources = new ArrayList<>();

    private final EventRouter router = new EventRouter(
            codec,
            OnePolicy.SOURCES,
            List.of(
                    new EventRouter.Route<>(EventType.LINK_REVOKE_REQUESTED, this::revoke),
                    new EventRouter.Route<>(EventType.LINK_EXTEND_REQUESTED, this::extend)));

    private List<Message<byte[]>> revoke(CloudEvent<LinkRevokeRequested> event, SourcePolicy policy) {
        revocations.add(event);
        sources.add(policy);
        return List.of(message("revoked"));
    }

    private List<Message<byte[]>> extend(CloudEvent<LinkExtendRequested> event, SourcePolicy policy) {
        extensions.add(event);
        sources.add(policy);
        return List.of();
    }

    private List<Message<byte[]>> route(String type, String source, String data) {
        return all(router.apply(message(event(type, source, data))));
    }

    @Test
    void eventReachesTheHandlerOfItsTypeWithThePolicyOfItsSource() {
        List<Message<byte[]>> published = route("link.revoke.requested", "crm", "{\"recipient\":\"ana@example.com\"}");

        assertThat(published)
                .singleElement()
                .satisfies(
                        message -> assertThat(message.getPayload()).asString().isEqualTo("revoked"));
        assertThat(revocations).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("r-1");
            assertThat(event.type()).isEqualTo(EventType.LINK_REVOKE_REQUESTED);
            assertThat(event.data().recipient()).isEqualTo(new Recipient("ana@example.com"));
        });
        assertThat(extensions).isEmpty();
        assertThat(sources).extracting(SourcePolicy::source).containsExactly("crm");
    }

    @Test
    void eventOfAnotherTypeReachesItsOwnHandler() {
        route("link.extend.requested", "shop", "{\"requestId\":\"r-0\",\"until\":\"2026-12-05T09:00:00Z\"}");

        assertThat(extensions)
                .singleElement()
                .satisfies(event -> assertThat(event.data().requestId()).isEqualTo("r-0"));
        assertThat(revocations).isEmpty();
    }

    @Test
    void eventOfATypeWithoutAHandlerIsRejected() {
        assertRejected(
                RejectionCode.UNKNOWN_TYPE,
                "$.type must be one of the types that this queue accepts: link.revoke.requested, link.extend.requested",
                "attachment.requested",
                "crm");
    }

    @Test
    void eventOfAnUnknownSourceIsRejectedBeforeItIsHandled() {
        assertRejected(
                RejectionCode.SOURCE_NOT_ALLOWED, "stranger is not configured", "link.revoke.requested", "stranger");
    }

    private void assertRejected(RejectionCode code, String detail, String type, String source) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> route(type, source, "{\"requestId\":\"r-0\"}"))
                .satisfies(rejected -> {
                    assertThat(rejected.code()).isEqualTo(code);
                    assertThat(rejected.detail()).isEqualTo(detail);
                });
        assertThat(revocations).isEmpty();
    }
}
