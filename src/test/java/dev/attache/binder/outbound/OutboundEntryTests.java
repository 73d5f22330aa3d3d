package dev.attache.binder.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.messaging.support.MessageBuilder;

class OutboundEntryTests {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "plain, 5",
        "São João, 10",
        "名前, 6",
        "'a\u007f\u0080\u07ff\u0800\uffff', 12",
        "😀 mixed é 名 😀, 22"
    })
    void theSizeOfABodyIsThatInUtf8(String body, int octets) {
        assertThat(new OutboundEntry(body, Map.of()).bytes()).isEqualTo(octets);
    }

    @Test
    void theSizeOfAnAttributeIncludesNameTypeAndValue() {
        assertThat(new OutboundEntry("body", Map.of("type", "é", "channel", "email")).bytes())
                .isEqualTo(4 + (4 + 6 + 2) + (7 + 6 + 5));
    }

    @Test
    void onlyTheListedHeadersBecomeAttributes() {
        OutboundEntry outgoing = OutboundEntry.of(
                MessageBuilder.withPayload("ü".getBytes(StandardCharsets.UTF_8))
                        .setHeader("type", "t")
                        .setHeader("secret", "s")
                        .build(),
                new OutboundHeaders(List.of("type")));

        assertThat(outgoing.body()).isEqualTo("ü");
        assertThat(outgoing.attributes()).containsExactly(Map.entry("type", "t"));
    }

    @Test
    void theTextOfAnEntryLacksItsBody() {
        assertThat(new OutboundEntry("https://s3/?X-Amz-Signature=1", Map.of("type", "t")))
                .hasToString("OutboundEntry[attributes=[type]]");
    }
}
