package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that is not one strict JSON object in UTF-8 is malformed. */
class MalformedInputIsRejectedTests {

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("blank", " \n\t"),
                argumentSet("not JSON", "hello " + SECRET),
                argumentSet("truncated", DOWNLOAD.substring(0, DOWNLOAD.length() - 2)),
                argumentSet("trailing token", DOWNLOAD + "{}"),
                argumentSet("trailing rubbish", DOWNLOAD + SECRET),
                argumentSet("array", "[" + DOWNLOAD + "]"),
                argumentSet("string", quoted(DOWNLOAD)),
                argumentSet("number", "42"),
                argumentSet("null", "null"),
                argumentSet("empty array", "[]"),
                argumentSet("byte order mark", "\uFEFF" + DOWNLOAD),
                argumentSet("byte order mark twice", "\uFEFF\uFEFF" + DOWNLOAD),
                argumentSet("byte order mark at the end", DOWNLOAD + "\uFEFF"),
                argumentSet("NUL at the end", DOWNLOAD + "\0"),
                argumentSet("NUL at the beginning", "\0" + DOWNLOAD),
                argumentSet("NUL between letters, as UTF-16 has it", DOWNLOAD.replaceAll(".", "$0\0")),
                argumentSet("gzip in base64", "H4sIAAAAAAAAA6tWKkstKs7Mz1OyUjLUM1CqBQBnJ4DnFAAAAA=="),
                argumentSet("comment", "/* " + SECRET + " */" + DOWNLOAD),
                argumentSet("single quotes", DOWNLOAD.replace('"', '\'')),
                argumentSet("trailing comma", DOWNLOAD.replace("}}}", "},}}")),
                argumentSet("NaN", DOWNLOAD.replace("\"7c1f\"", "NaN")),
                argumentSet("duplicate id", DOWNLOAD.replace("\"id\":", "\"id\":\"" + SECRET + "\",\"id\":")),
                argumentSet("duplicate deep down", DOWNLOAD.replace("\"key\":", "\"key\":\"" + SECRET + "\",\"key\":")),
                argumentSet("raw control character", DOWNLOAD.replace("7c1f", "7c\n1f")),
                argumentSet("unpaired surrogate", DOWNLOAD.replace("7c1f", "\\ud83d")),
                argumentSet("unpaired surrogate in a name", DOWNLOAD.replace("\"id\"", "\"x\\udc00\":1,\"id\"")),
                argumentSet("unpaired surrogate after a pair", DOWNLOAD.replace("7c1f", "\\ud83d\\ude00\\ude00")),
                argumentSet("U+FFFE", DOWNLOAD.replace("Ana Lima", "Ana\uFFFE")),
                argumentSet("U+FFFF, escaped", DOWNLOAD.replace("Ana Lima", "Ana\\uFfFf")),
                argumentSet("U+FFFE in a name", DOWNLOAD.replace("\"id\"", "\"x\\ufffe\":1,\"id\"")),
                argumentSet("U+FDD0, escaped", DOWNLOAD.replace("7c1f", "\\ufdd0")),
                argumentSet("U+FDEF", DOWNLOAD.replace("7c1f", "\uFDEF")),
                argumentSet("U+1FFFE", DOWNLOAD.replace("7c1f", "\uD83F\uDFFE")),
                argumentSet("U+10FFFF, escaped", DOWNLOAD.replace("7c1f", "\\udbff\\udfff")),
                argumentSet("100,000 arrays deep", "[".repeat(100_000) + "]".repeat(100_000)),
                argumentSet("40,000 objects deep", "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000)),
                argumentSet("number of 100,000 digits", DOWNLOAD.replace("\"7c1f\"", "9".repeat(100_000))),
                argumentSet("fraction of 100,000 digits", DOWNLOAD.replace("\"7c1f\"", "0." + "9".repeat(100_000))),
                argumentSet(
                        "name of 100,000 characters",
                        DOWNLOAD.replace("\"id\"", "\"" + "n".repeat(100_000) + "\":1,\"id\"")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformed(String body) {
        assertThat(rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).code())
                .isEqualTo(MALFORMED);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                argumentSet("UTF-16", (Object) DOWNLOAD.getBytes(StandardCharsets.UTF_16)),
                argumentSet("UTF-16LE", (Object) DOWNLOAD.getBytes(StandardCharsets.UTF_16LE)),
                argumentSet("UTF-16BE", (Object) DOWNLOAD.getBytes(StandardCharsets.UTF_16BE)),
                argumentSet("UTF-32", (Object) DOWNLOAD.getBytes(StandardCharsets.UTF_32)),
                argumentSet(
                        "gzip", (Object) new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, (byte) 0xAB, 0x56}));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void otherEncodingsAreMalformedAndHaveNoOrigin(byte[] body) {
        assertThat(rejection(body, EventType.ATTACHMENT_REQUESTED).code()).isEqualTo(MALFORMED);
        assertThat(Rejections.CODEC.originOf(body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedBodyHasNoOrigin(String body) {
        assertThat(Rejections.CODEC.originOf(bytes(body))).isEmpty();
    }

    @Test
    void byteOrderMarkIsNamed() {
        assertThat(rejection(bytes("\uFEFF" + DOWNLOAD), EventType.ATTACHMENT_REQUESTED)
                        .detail())
                .isEqualTo("the body begins with a byte order mark, which JSON must not have (RFC 8259, section 8.1)");
    }

    static final int[][] BROKEN_UTF_8 = {
        {0xFF}, {0xC3}, {0xC0, 0xAF}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}
    };

    @ParameterizedTest
    @FieldSource("BROKEN_UTF_8")
    void brokenUtf8IsMalformed(int[] sequence) {
        byte[] body = bytes(DOWNLOAD.replace("7c1f", "x".repeat(sequence.length)));
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("x".repeat(sequence.length) + "\"");
        for (int i = 0; i < sequence.length; i++) {
            body[at + i] = (byte) sequence[i];
        }

        RejectedException rejected = rejection(body, EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(MALFORMED);
        assertThat(rejected.detail()).isEqualTo("the body is not UTF-8");
    }
}
