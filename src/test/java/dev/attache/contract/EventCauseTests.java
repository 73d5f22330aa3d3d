package dev.attache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCauseTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final UploadExpired DATA = new UploadExpired("7c1f", "attachments", null, null, NOW);

    private final EventCause cause = new EventCause("crm", "7c1f", "contract-4711", "00-trace-01");

    @Test
    void eventThatFollowsHasTheSourceSubjectAndTraceAndADerivedId() {
        CloudEvent<UploadExpired> event = cause.follow(EventType.UPLOAD_EXPIRED, NOW, DATA, "a", "b");

        String id = EventIds.derive("crm", "7c1f", "upload.expired", "a", "b").toString();
        assertThat(event)
                .isEqualTo(new CloudEvent<>(
                        id, "crm", EventType.UPLOAD_EXPIRED, NOW, "contract-4711", "00-trace-01", DATA));
        assertThat(EventCause.of(event)).isEqualTo(new EventCause("crm", id, "contract-4711", "00-trace-01"));
    }

    @Test
    void idIsDerivedFromAPurposeInsteadOfTheType() {
        assertThat(cause.followFor(List.of("mail"), EventType.UPLOAD_EXPIRED, NOW, DATA)
                        .id())
                .isEqualTo(EventIds.derive("crm", "7c1f", "mail").toString());
    }

    @Test
    void subjectAndTraceDoNotChangeTheId() {
        EventCause other = cause.withSubject("contract-4712").withoutTrace();

        CloudEvent<UploadExpired> event = other.follow(EventType.UPLOAD_EXPIRED, NOW, DATA);

        assertThat(event.subject()).isEqualTo("contract-4712");
        assertThat(event.traceparent()).isNull();
        assertThat(event.id())
                .isEqualTo(cause.follow(EventType.UPLOAD_EXPIRED, NOW, DATA).id());
    }
}
