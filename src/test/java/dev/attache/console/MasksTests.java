package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maria@example.com | m…@example.com",
                "To: Maria <maria.b+x@example.com>, ben@b.example | To: Maria <m…@example.com>, b…@b.example",
                "mailto:maria@example.com | mailto:m…@example.com",
                "to=maria%40example.com&x=1 | t…%40example.com&x=1",
                "{\"a\":\"maria@example.com\"} | {\"a\":\"m…@example.com\"}",
                "\"maria b\"@example.com | m…@example.com",
                "\"mariab\"@example.com | m…@example.com",
                "ümit@bücher.example | ü…@bücher.example",
                "no address @ all | no address @ all"
            })
    void addressesAreMaskedInAnyText(String text, String masked) {
        assertThat(Masks.addresses(text)).isEqualTo(masked);
    }

    @Test
    void operatorsSeeAddresses() {
        assertThat(Masks.forReader(new Operator("o", true), "maria@example.com"))
                .isEqualTo("maria@example.com");
        assertThat(Masks.forReader(new Operator("v", false), "maria@example.com"))
                .isEqualTo("m…@example.com");
    }

    @Test
    void aLongTextTakesLinearTime() {
        String text = "a".repeat(1_000_000);

        assertThat(Masks.addresses(text)).isEqualTo(text);
    }
}
