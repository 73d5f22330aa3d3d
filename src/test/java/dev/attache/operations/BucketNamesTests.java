package dev.attache.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.source.SourcesProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BucketNamesTests {

    private static final String ALIAS = "files-abcdefghijklmnop1234567890-s3alias";

    private static BucketNames names(
            String bucket, @Nullable String linkedTo, @Nullable String uploads, String ledger) {
        MapConfigurationPropertySource settings = new MapConfigurationPropertySource(Map.of("attache.bucket", bucket));
        if (linkedTo != null) {
            settings.put("attache.sources.crm.buckets[0]", linkedTo);
        }
        if (uploads != null) {
            settings.put("attache.sources.crm.upload-bucket", uploads);
        }
        return BucketNames.of(
                new Binder(settings).bind("attache", SourcesProperties.class).get(), ledger);
    }

    @Test
    void bucketNamesAreAccepted() {
        BucketNames names = names("attache", "archive.example.com", "incoming", "ledger");

        assertThat(names.all().values())
                .containsExactlyInAnyOrder("attache", "archive.example.com", "incoming", "ledger");
        assertThat(names.uploads())
                .isEqualTo(Map.of("attache.bucket", "attache", "attache.sources.crm.upload-bucket", "incoming"));
    }

    /** Links that are signed for an alias work, and so does reading and writing. */
    @Test
    void anAccessPointsAliasIsAcceptedForLinksAndLedger() {
        assertThat(names("attache", ALIAS, null, ALIAS).all()).containsValue(ALIAS);
    }

    /** S3's notifications contain the bucket's name, not the alias. */
    @Test
    void anAccessPointsAliasIsRefusedForUploads() {
        assertThatIllegalStateException()
                .isThrownBy(() -> names(ALIAS, null, null, "ledger"))
                .withMessageContaining("attache.bucket is " + ALIAS)
                .withMessageContaining("Set it to the bucket's name");
        assertThatIllegalStateException()
                .isThrownBy(() -> names("attache", null, ALIAS, "ledger"))
                .withMessageContaining("attache.sources.crm.upload-bucket is " + ALIAS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files--usw2-az1--x-s3",
                "files--ol-s3",
                "abc.mrap",
                "files-o01--op-s3",
                "files--table-s3",
                "arn:aws:s3:eu-central-1:111122223333:accesspoint/files"
            })
    void otherResourcesThanGeneralPurposeBucketsAreRefusedInAllSettings(String name) {
        for (var start : List.<Runnable>of(
                () -> names(name, null, null, "ledger"),
                () -> names("attache", name, null, "ledger"),
                () -> names("attache", null, name, "ledger"),
                () -> names("attache", null, null, name))) {
            assertThatIllegalStateException()
                    .isThrownBy(start::run)
                    .withMessageContaining(" is " + name)
                    .withMessageMatching(
                            "attache\\.(bucket|ledger\\.bucket|sources\\.crm\\.(buckets\\[0]|upload-bucket)) is .*");
        }
    }

    @ParameterizedTest
    @CsvSource({"files-x-s3, files", "s3alias, x-s3-files"})
    void similarNamesOfBucketsAreAccepted(String one, String other) {
        assertThat(names(one, null, other, "ledger")).isNotNull();
    }
}
