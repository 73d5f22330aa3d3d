package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/setup.sh} on an emulator that lacks a setting. */
class SetupScriptOnEmulatorsIT extends ScriptTestBase {

    private static final String ENDPOINT = "http://localhost:4566";

    @ParameterizedTest
    @CsvSource({
        "MaximumMessageSize,                          message-size",
        "SqsManagedSseEnabled,                        queue-encryption",
        "Policy,                                      queue-policy topic-policy",
        "RedriveAllowPolicy,                          redrive-allow",
        "s3api put-bucket-encryption,                 bucket-encryption",
        "s3api put-bucket-policy,                     bucket-policy",
        "s3api get-bucket-policy,                     bucket-policy",
        "s3api get-bucket-cors,                       cors",
        "s3api put-bucket-lifecycle-configuration,    lifecycle",
        "s3api put-bucket-notification-configuration, notification",
        "s3api get-bucket-ownership-controls,         ownership-controls",
        "s3api get-public-access-block,               public-access-block",
        "s3api put-bucket-versioning,                 versioning"
    })
    void whatAnEmulatorDoesNotSupportStopsTheScriptAndCanBeLeftOut(String unsupported, String feature) {
        write("unsupported", unsupported + "\n");

        Run refused = end(start(Map.of("AWS_ENDPOINT_URL", ENDPOINT)));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("If " + ENDPOINT + " does not support this, leave it out with ATTACHE_WITHOUT")
                .contains(feature.split(" "));

        Run without = end(start(Map.of("AWS_ENDPOINT_URL", ENDPOINT, "ATTACHE_WITHOUT", feature)));
        assertReady(without);
    }

    @Test
    void withoutAnEmulatorNothingCanBeLeftOut() {
        Run refused = end(start(Map.of("ATTACHE_WITHOUT", "bucket-policy")));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("ATTACHE_WITHOUT is for emulators");
        assertThat(exists("calls")).isFalse();
    }

    @Test
    void anUnknownSettingCannotBeLeftOut() {
        Run refused = end(start(Map.of("AWS_ENDPOINT_URL", ENDPOINT, "ATTACHE_WITHOUT", "cors acl")));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("ATTACHE_WITHOUT contains 'acl'", "bucket-policy");
        assertThat(exists("calls")).isFalse();
    }
}
