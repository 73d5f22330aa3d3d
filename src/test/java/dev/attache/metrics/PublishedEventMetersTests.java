package dev.attache.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventMessages;
import dev.attache.contract.EventMessages.Measured;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectionCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.MessageBuilder;

class PublishedEventMetersTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final DirectChannel output = new DirectChannel();

    private boolean down;

    PublishedEventMetersTests() {
        output.addInterceptor(new PublishedEventMeters(meters));
        output.subscribe(message -> {
            if (down) {
                throw new MessagingException("The topic is down");
            }
        });
    }

    private void send(Measured measured) {
        output.send(MessageBuilder.withPayload("{}")
                .setHeader(EventMessages.MEASURED, measured)
                .build());
    }

    private double issued(String kind, String channel) {
        return meters.get("attache.links.issued")
                .tag("kind", kind)
                .tag("channel", channel)
                .counter()
                .count();
    }

    @Test
    void issuedLinksAreCountedByKindAndChannel() {
        send(new Measured.Issued(Purpose.DOWNLOAD, Channel.EMAIL));
        send(new Measured.Issued(Purpose.DOWNLOAD, Channel.EMAIL));
        send(new Measured.Issued(Purpose.RENEWAL, Channel.NEWSLETTER));

        assertThat(issued("download", "email")).isEqualTo(2);
        assertThat(issued("renewal", "newsletter")).isEqualTo(1);
        assertThat(issued("upload", "event")).isZero();
    }

    @Test
    void rejectedRequestsAreCountedByCode() {
        send(new Measured.Rejected(RejectionCode.OBJECT_NOT_FOUND));

        assertThat(meters.get("attache.requests.rejected")
                        .tag("code", "OBJECT_NOT_FOUND")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("attache.requests.rejected").counters()).hasSameSizeAs(RejectionCode.values());
    }

    @Test
    void theTimeFromTheRequestToTheArrivalIsMeasured() {
        send(new Measured.Arrived(Duration.ofMinutes(90)));

        assertThat(meters.get("attache.uploads.arrival").timer().totalTime(TimeUnit.MINUTES))
                .isEqualTo(90);
    }

    @Test
    void anEventThatCouldNotBeSentIsNotCounted() {
        down = true;

        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> send(new Measured.Issued(Purpose.DOWNLOAD, Channel.EMAIL)));

        assertThat(issued("download", "email")).isZero();
    }

    @Test
    void otherMessagesAreNotCounted() {
        output.send(MessageBuilder.withPayload("{}").build());

        assertThat(meters.get("attache.links.issued").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }
}
