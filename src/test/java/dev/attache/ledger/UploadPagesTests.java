package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.ledger.keys.Keys;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an upload is found by the id of its page. */
class UploadPagesTests extends OpenUploadsTestBase {

    @Test
    void redeliveryWritesThePageThatACrashPrevented() {
        uploads.open(upload);
        s3.objects.remove(page(KEY));

        uploads.open(Uploads.upload(ID));

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
    }

    @Test
    void noObjectKeyContainsThePageId() {
        uploads.open(upload);

        assertThat(s3.objects.keySet()).isNotEmpty().noneMatch(key -> key.contains(upload.pageId()));
    }

    @Test
    void pageIsFoundWithAnOlderKeyWhileThatIsConfigured() {
        uploads.open(upload);
        Keys.Key next = new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII));

        assertThat(withKeys(next, KEY).findByPage(upload.pageId())).contains(upload);
        assertThat(withKeys(next).findByPage(upload.pageId())).isEmpty();
    }

    @Test
    void redeliveryWritesThePageAgainWhenItsKeyWasLost() {
        uploads.open(upload);
        S3OpenUploads afterTheLoss =
                withKeys(new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII)));

        afterTheLoss.open(Uploads.upload(ID));

        assertThat(afterTheLoss.findByPage(upload.pageId())).contains(upload);
    }

    /** Releases before the hash wrote the page's id itself. */
    private void openAsBeforeHashes() {
        uploads.open(upload);
        byte[] id = s3.objects.remove(page(KEY));
        s3.put("ledger/pages/" + upload.pageId());
        s3.objects.put("ledger/pages/" + upload.pageId(), id);
    }

    @Test
    void pageOfAReleaseBeforeHashesIsFoundByItsId() {
        openAsBeforeHashes();

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
        assertThat(withKeys(new Keys.Key("next", new byte[32]), KEY).findByPage(upload.pageId()))
                .contains(upload);
    }

    @Test
    void redeliveryWritesTheHashOfAPageOfAReleaseBeforeHashes() {
        openAsBeforeHashes();

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).containsKey(page(KEY));
    }

    @Test
    void pageIdIsNotSentToS3WhenTheHashIsFound() {
        uploads.open(upload);
        s3.asked.clear();

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);

        assertThat(s3.asked).containsExactly(page(KEY), "ledger/uploads/" + ID + ".json");
    }

    @Test
    void unknownPageTakesOneRequestForEachKeyAndOneForItsId() {
        S3OpenUploads rotated = withKeys(new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII)), KEY);

        assertThat(rotated.findByPage(upload.pageId())).isEmpty();

        assertThat(s3.asked).hasSize(3).last().isEqualTo("ledger/pages/" + upload.pageId());
    }

    @Test
    void pageOfTheNewestKeyIsFoundWithOneRequest() {
        Keys.Key next = new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII));
        S3OpenUploads rotated = withKeys(next, KEY);
        rotated.open(upload);
        s3.gets = 0;

        assertThat(rotated.findByPage(upload.pageId())).contains(upload);

        assertThat(s3.objects).containsKey(page(next)).doesNotContainKey(page(KEY));
        assertThat(s3.gets).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../uploads/x",
                "0123456789abcdef0123456789abcde",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef\n"
            })
    void malformedPageIdIsNotLookedUp(String pageId) {
        assertThat(uploads.findByPage(pageId)).isEmpty();
        assertThat(s3.gets).isZero();
    }

    @Test
    void uploadWithAMalformedPageIdIsRefused() {
        OpenUpload malformed = UploadBuilder.from(upload).pageId("page").build();

        assertThatIllegalArgumentException().isThrownBy(() -> uploads.open(malformed));
    }
}
