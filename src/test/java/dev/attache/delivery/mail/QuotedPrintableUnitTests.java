package dev.attache.delivery.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with Jakarta Mail's decoder. */
class QuotedPrintableUnitTests {

    private static final String[] PIECES = {
        "a",
        "Z",
        "=",
        " ",
        "\t",
        "\n",
        "\r\n",
        ".",
        "é",
        "ß",
        "漢",
        "😀",
        "\u00a0",
        "~",
        "\u007f",
        "\u0000",
        "word ",
        "https://s3.example/a?X-Amz-Date=1&b=2",
        " \n",
        "\t\r\n"
    };

    private static String decoded(byte[] encoded) throws MessagingException, IOException {
        try (InputStream decoding = MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")) {
            return new String(decoding.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anyTextIsDecodedToItselfAndNoLineIsTooLong() throws Exception {
        Random random = new Random(4711);
        for (int round = 0; round < 3_000; round++) {
            String text = IntStream.range(0, random.nextInt(200))
                    .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
                    .collect(Collectors.joining());

            byte[] encoded = QuotedPrintable.encode(text);

            assertThat(decoded(encoded)).isEqualTo(text.replace("\r\n", "\n").replace("\n", "\r\n"));
            assertThat(new String(encoded, StandardCharsets.ISO_8859_1).split("\r\n", -1))
                    .allSatisfy(line -> {
                        assertThat(line).hasSizeLessThanOrEqualTo(76).matches("[\\t\\x20-\\x7e]*");
                        assertThat(line).doesNotEndWith(" ").doesNotEndWith("\t");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a=b      | a=3Db
        é        | =C3=A9
        'end '   | end=20
        a b      | a b
        """)
    void nonPrintableCharactersAreEscaped(String text, String encoded) {
        assertThat(new String(QuotedPrintable.encode(text), StandardCharsets.US_ASCII))
                .isEqualTo(encoded);
    }

    @Test
    void allKindsOfLineEndsBecomeCrLf() {
        assertThat(new String(QuotedPrintable.encode("a\nb\r\nc\rd"), StandardCharsets.US_ASCII))
                .isEqualTo("a\r\nb\r\nc\r\nd");
    }

    @Test
    void aLongLineGetsSoftLineBreaks() {
        String encoded = new String(QuotedPrintable.encode("x".repeat(200)), StandardCharsets.US_ASCII);

        assertThat(encoded).isEqualTo("x".repeat(75) + "=\r\n" + "x".repeat(75) + "=\r\n" + "x".repeat(50));
    }
}
