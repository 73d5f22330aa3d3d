package dev.attache.ledger.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class PreviewS3Tests {

    private final InMemoryS3 s3 = new InMemoryS3();

    private final PreviewS3 preview = new PreviewS3(s3);

    private final ConditionalObjects objects = new ConditionalObjects(preview, "b", attempt -> {});

    @BeforeEach
    void storeAnObject() {
        new ConditionalObjects(s3, "b", attempt -> {}).putIfAbsent("stored", bytes("one"), "text/plain");
        s3.puts = 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String content(String key) {
        return objects.get(key)
                .map(it -> new String(it.content(), StandardCharsets.UTF_8))
                .orElse("none");
    }

    @Test
    void whatIsWrittenIsReadAgainAndNotInS3() {
        objects.putIfAbsent("new", bytes("two"), "text/plain");

        assertThat(content("new")).isEqualTo("two");
        assertThat(content("stored")).isEqualTo("one");
        assertThat(s3.objects).containsOnlyKeys("stored");
        assertThat(s3.puts).isZero();
        assertThat(preview.isUnchanged()).isFalse();
    }

    @Test
    void aConditionalWriteIsComparedWithS3AndWithEarlierWrites() {
        assertThat(objects.putIfAbsent("stored", bytes("x"), "text/plain")).isEmpty();
        assertThat(objects.putIfMatch("absent", bytes("x"), "text/plain", "\"1\""))
                .isEmpty();
        assertThat(objects.putIfMatch("stored", bytes("x"), "text/plain", "\"1\""))
                .isEmpty();
        assertThat(preview.isUnchanged()).isTrue();

        String eTag = objects.get("stored").orElseThrow().eTag();
        String next =
                objects.putIfMatch("stored", bytes("two"), "text/plain", eTag).orElseThrow();

        assertThat(objects.putIfMatch("stored", bytes("x"), "text/plain", eTag)).isEmpty();
        assertThat(objects.putIfMatch("stored", bytes("three"), "text/plain", next))
                .isPresent();
        assertThat(content("stored")).isEqualTo("three");
        assertThat(s3.objects.get("stored")).isEqualTo(bytes("one"));
    }

    @Test
    void aDeletedObjectIsGoneInThePreviewOnly() {
        preview.deleteObject(it -> it.bucket("b").key("stored"));

        assertThat(content("stored")).isEqualTo("none");
        assertThat(s3.objects).containsOnlyKeys("stored");
        assertThat(objects.putIfAbsent("stored", bytes("again"), "text/plain")).isPresent();
    }

    @Test
    void everyOtherCallIsRefused() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> preview.createBucket(it -> it.bucket("b")));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> preview.copyObject(it -> it.sourceBucket("b").sourceKey("stored")));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> preview.uploadPart(it -> it.bucket("b"), RequestBody.empty()));
    }
}
