package dev.attache.binder.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;

class OutboundHeadersTests {

    @Test
    void onlyListedHeadersWithAValueBecomeAttributes() {
        var message = new GenericMessage<>(
                "x",
                Map.of(
                        "type",
                        "link.issued",
                        "channel",
                        "",
                        "sqs_receiptHandle",
                        "secret",
                        "spring.cloud.stream.sendto.destination",
                        "elsewhere"));

        assertThat(new OutboundHeaders(List.of("type", "channel", "source")).of(message))
                .isEqualTo(Map.of("type", "link.issued"));
    }

    @Test
    void moreThanTenHeadersAreRefused() {
        assertThatThrownBy(() -> new OutboundHeaders(Collections.nCopies(11, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 attributes at most");
    }

    @Test
    void aPayloadIsBytesOrText() {
        assertThat(OutboundHeaders.body(new GenericMessage<>("é".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("é");
        assertThat(OutboundHeaders.body(new GenericMessage<>("é"))).isEqualTo("é");
        assertThatThrownBy(() -> OutboundHeaders.body(new GenericMessage<>(42)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
