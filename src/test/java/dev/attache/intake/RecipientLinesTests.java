package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientLinesTests {

    private static RecipientLines lines(String text, Charset charset) {
        return new RecipientLines(new ByteArrayInputStream(text.getBytes(charset)));
    }

    private static List<String> all(InputStream content) throws IOException {
        RecipientLines lines = new RecipientLines(content);
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            all.add(lines.number() + " " + line);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc", "\uFEFFa\r\nb\n\rc"})
    void linesWithEveryLineEndAreNumbered(String text) throws IOException {
        assertThat(all(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .containsExactly("1 a", "2 b", "3 ", "4 c");
    }

    @Test
    void lineEndsAreReadAcrossReads() throws IOException {
        InputStream slow =
                new FilterInputStream(new ByteArrayInputStream("\uFEFFana\r\nbo".getBytes(StandardCharsets.UTF_8))) {

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return super.read(bytes, offset, Math.min(length, 1));
                    }
                };

        assertThat(all(slow)).containsExactly("1 ana", "2 bo");
    }

    @Test
    void emptyListHasNoLines() throws IOException {
        assertThat(all(InputStream.nullInputStream())).isEmpty();
        assertThat(all(new ByteArrayInputStream("\uFEFF".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void utf16IsRejectedByName(String charset) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(
                        () -> lines("ana@example.com", Charset.forName(charset)).next())
                .withMessageContaining("UTF-16")
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.MALFORMED));
    }

    @Test
    void lineInLatin1IsRejectedAndTheNextLinesAreRead() throws IOException {
        RecipientLines lines = lines("\u00e9@example.com\nbo@example.com", StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(lines::next)
                .withMessageContaining("Latin-1");

        assertThat(lines.next()).isEqualTo("bo@example.com");
        assertThat(lines.number()).isEqualTo(2);
    }

    @Test
    void longLineIsSkippedToItsEnd() throws IOException {
        RecipientLines lines = lines("x".repeat(100_000) + "\r\nbo@example.com", StandardCharsets.UTF_8);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(lines::next)
                .withMessageContaining("line 1 ");

        assertThat(lines.next()).isEqualTo("bo@example.com");
    }
}
