package dev.attache.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.signing.RandomText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

class PercentEncodingTests {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        a/b c~d,  a%2Fb%20c~d, a/b%20c~d, a%2Fb%20c~d, a/b%20c~d
        `"'*()%`, %22%27%2A%28%29%25, %22%27%2A%28%29%25, %22%27%2A%28%29%25, `"'*()%25`
        `!#$&+`,  %21%23%24%26%2B, %21%23%24%26%2B, !#$&+, !#$&+
        é😀,      %C3%A9%F0%9F%98%80, %C3%A9%F0%9F%98%80, %C3%A9%F0%9F%98%80, %C3%A9%F0%9F%98%80
        """)
    void eachEncodingLeavesItsOwnCharacters(
            String text, String value, String path, String extendedParameter, String visibleAscii) {
        assertThat(PercentEncoding.VALUE.encode(text)).isEqualTo(value);
        assertThat(PercentEncoding.PATH.encode(text)).isEqualTo(path);
        assertThat(PercentEncoding.EXTENDED_PARAMETER.encode(text)).isEqualTo(extendedParameter);
        assertThat(PercentEncoding.VISIBLE_ASCII.encode(text)).isEqualTo(visibleAscii);
    }

    @Test
    void aValueIsEncodedAsBySpring() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            String text = text(random);

            assertThat(PercentEncoding.VALUE.encode(text)).isEqualTo(UriUtils.encode(text, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsEncodedIsVisibleAsciiAndDecodesToTheSameText() {
        Random random = new Random(12);
        for (int i = 0; i < 2_000; i++) {
            String text = text(random);

            assertThat(List.of(
                            PercentEncoding.VALUE,
                            PercentEncoding.PATH,
                            PercentEncoding.EXTENDED_PARAMETER,
                            PercentEncoding.VISIBLE_ASCII))
                    .map(encoding -> encoding.encode(text))
                    .allSatisfy(encoded -> assertThat(encoded).matches("[\\x21-\\x7E]*"))
                    .map(encoded -> StringUtils.uriDecode(encoded, StandardCharsets.UTF_8))
                    .containsOnly(text);
        }
    }

    @Test
    void textIsAppendedAsItIsEncoded() {
        Random random = new Random(13);
        for (int i = 0; i < 2_000; i++) {
            String text = text(random);
            StringBuilder to = new StringBuilder("before ");

            PercentEncoding.VALUE.append(to, text);

            assertThat(to).hasToString("before " + PercentEncoding.VALUE.encode(text));
        }
    }

    /** Without unpaired surrogates, which no UTF-8 has. */
    private static String text(Random random) {
        String text = RandomText.of(random, random.nextInt(20));
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
