package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuedPageTests {

    private final IssuedPage issued = new PageBuilder().issued();

    private CloudEvent<LinkIssued> event(@Nullable DownloadPage page) {
        return new CloudEvent<>(
                issued.deliveryId(),
                issued.source(),
                EventType.LINK_ISSUED,
                null,
                issued.subject(),
                issued.traceparent(),
                new LinkIssued(
                        issued.requestId(),
                        issued.channel(),
                        issued.purpose(),
                        issued.recipient(),
                        issued.message(),
                        issued.campaign(),
                        List.of(),
                        issued.issuedAt(),
                        null,
                        "1:digest",
                        page,
                        null));
    }

    @Test
    void containsWhatTheEventSaysAboutThePage() {
        assertThat(IssuedPage.of(event(issued.page()))).isEqualTo(issued);
    }

    @Test
    void eventWithoutPageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IssuedPage.of(event(null)))
                .withMessageContaining(issued.deliveryId());
    }

    @Test
    void requestIsTheCauseOfFurtherEvents() {
        assertThat(issued.cause()).isEqualTo(new EventCause("crm", "request-1", "contract/4711", issued.traceparent()));
    }

    @Test
    void textShowsNothingPersonal() {
        assertThat(issued.toString())
                .contains(issued.deliveryId(), "request-1", "crm")
                .doesNotContain("ana@", "Ana", "Offer", "agreed", "pdf", "File");
    }
}
