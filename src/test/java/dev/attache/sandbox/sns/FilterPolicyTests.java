package dev.attache.sandbox.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPolicyTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        ["email"]                            | email      | true
        ["email"]                            | newsletter | false
        ["email", "newsletter"]              | newsletter | true
        [{"prefix":"news"}]                  | newsletter | true
        [{"prefix":"news"}]                  | email      | false
        [{"anything-but":["event"]}]         | email      | true
        [{"anything-but":["event"]}]         | event      | false
        [{"anything-but":{"prefix":"news"}}] | newsletter | false
        [{"exists":true}]                    | email      | true
        [{"exists":false}]                   | email      | false
        """)
    void matchesByTheValueOfTheAttribute(String conditions, String channel, boolean accepted) {
        var policy = FilterPolicy.parse("{\"channel\":%s}".formatted(conditions));

        assertThat(policy.accepts(Map.of("channel", new Attribute("String", channel))))
                .isEqualTo(accepted);
    }

    @Test
    void everyNamedAttributeMustMatch() {
        var policy = FilterPolicy.parse("{\"channel\":[\"email\"],\"source\":[\"crm\"]}");

        assertThat(policy.accepts(
                        Map.of("channel", new Attribute("String", "email"), "source", new Attribute("String", "crm"))))
                .isTrue();
        assertThat(policy.accepts(Map.of("channel", new Attribute("String", "email"))))
                .isFalse();
    }

    @Test
    void oneElementOfAnArrayMustMatch() {
        var policy = FilterPolicy.parse("{\"channel\":[\"email\"]}");

        assertThat(policy.accepts(Map.of("channel", new Attribute("String.Array", "[\"event\",\"email\"]"))))
                .isTrue();
    }

    @Test
    void anAbsentAttributeMatchesOnlyExistsFalse() {
        assertThat(FilterPolicy.parse("{\"channel\":[{\"exists\":false}]}").accepts(Map.of()))
                .isTrue();
        assertThat(FilterPolicy.parse("{\"channel\":[{\"anything-but\":\"event\"}]}")
                        .accepts(Map.of()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel",
                "[]",
                "{\"channel\":\"email\"}",
                "{\"channel\":[]}",
                "{\"channel\":[{\"numeric\":[\">\",1]}]}"
            })
    void unsupportedConditionsAreRefused(String policy) {
        assertThatExceptionOfType(SnsException.class)
                .isThrownBy(() -> FilterPolicy.parse(policy))
                .withMessageStartingWith("Invalid parameter: FilterPolicy");
    }
}
