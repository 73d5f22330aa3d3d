package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.InMemoryS3;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3Client;

class KeysConfigurationTests {

    private static final String GOOD = base64(32);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(LedgerConfiguration.class)
            .withBean(S3Client.class, InMemoryS3::new)
            .withPropertyValues("attache.ledger.bucket=attachments");

    @Test
    void withoutSecretsAKeyIsCreatedInTheLedgersBucket() {
        runner.run(context -> {
            context.getBean(Keys.class).newest();

            assertThat(context.getBean(InMemoryS3.class).objects).containsOnlyKeys("attache-keys/keys");
        });
    }

    @Test
    void configuredSecretsAreUsedInOrderAndNothingIsStored() {
        runner.withPropertyValues("attache.keys.secrets=new:" + GOOD + ",old:" + base64(48))
                .run(context -> {
                    assertThat(context.getBean(Keys.class).all())
                            .extracting(Keys.Key::id)
                            .containsExactly("new", "old");
                    assertThat(context.getBean(InMemoryS3.class).gets).isZero();
                    assertThat(context.getBean(InMemoryS3.class).objects).isEmpty();
                    assertThat(context.getBean(KeysProperties.class).toString()).doesNotContain(GOOD);
                });
    }

    @Test
    void emptySettingCreatesAKey() {
        runner.withPropertyValues("attache.keys.secrets=").run(context -> {
            context.getBean(Keys.class).newest();

            assertThat(context.getBean(InMemoryS3.class).objects).containsOnlyKeys("attache-keys/keys");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==",
                "a.b:c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==",
                "a:c2VjcmV0",
                "a:c2VjcmV0!",
                "a:"
            })
    void malformedSecretIsRefusedAndNotShown(String wrong) {
        runner.withPropertyValues("attache.keys.secrets=good:" + GOOD + "," + wrong)
                .run(context -> {
                    assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageStartingWith("attache.keys.secrets[1]")
                            .hasMessageContaining("openssl rand -base64 32");
                    StringWriter trace = new StringWriter();
                    context.getStartupFailure().printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("c2VjcmV0").doesNotContain(GOOD);
                });
    }

    @Test
    void twoKeysWithOneIdAreRefused() {
        runner.withPropertyValues("attache.keys.secrets=a:" + GOOD + ",a:" + base64(33))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith(
                                "attache.keys.secrets[1] has the id 'a', which another key has already"));
    }

    @ParameterizedTest
    @CsvSource({
        "keys,must be a folder",
        "/keys/,must be a folder",
        "uploads/keys/,files are uploaded under uploads/",
        "ledger/keys/,objects in the ledger's folder ledger/ expire",
        "book/keys/,objects in the ledger's folder book/ expire"
    })
    void folderInWhichKeysExpireOrRaiseEventsIsRefused(String prefix, String why) {
        runner.withPropertyValues("attache.keys.prefix=" + prefix, "attache.ledger.prefix=book/")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("attache.keys.prefix is '" + prefix + "', but " + why));
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
