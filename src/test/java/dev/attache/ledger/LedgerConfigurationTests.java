package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.objects.InMemoryS3;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3Client;

class LedgerConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(LedgerConfiguration.class)
            .withBean(S3Client.class, InMemoryS3::new)
            .withPropertyValues("attache.ledger.bucket=attachments");

    @Test
    void ledgerWritesOnlyToItsFolder() {
        runner.run(context -> {
            OpenUpload upload = Uploads.upload(UUID.randomUUID());
            context.getBean(OpenUploads.class).open(upload);

            assertThat(context.getBean(InMemoryS3.class).objects.keySet())
                    .allMatch(it -> it.startsWith("ledger/") || it.equals("attache-keys/keys"));
        });
    }

    @Test
    void folderOfUploadsIsRefused() {
        runner.withPropertyValues("attache.ledger.prefix=uploads/ledger/")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("attache.ledger.prefix is 'uploads/ledger/', but S3 sends"
                                + " notifications for objects under uploads/"));
    }

    @Test
    void prefixThatIsNotAFolderIsRefused() {
        runner.withPropertyValues("attache.ledger.prefix=ledger")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("attache.ledger.prefix is 'ledger', but must be a folder"));
    }
}
