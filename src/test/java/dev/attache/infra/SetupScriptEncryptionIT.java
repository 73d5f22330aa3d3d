package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infra/setup.sh} with a KMS key, and on queues, topics and a bucket that are encrypted with one. */
class SetupScriptEncryptionIT extends ScriptTestBase {

    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/one";

    private static final String OTHER_KEY = "arn:aws:kms:eu-central-1:111122223333:key/other";

    @Test
    void aKeyEncryptsEveryQueueEveryTopicAndTheBucket() {
        assertReady(setupWithKey());

        assertEncryptedWith(KEY);
        remove("writes");
        assertReady(setupWithKey("--reset"));
        assertThat(writes()).isEmpty();
    }

    @Test
    void aKeyTakesThePlaceOfEncryptionByTheServices() {
        begin();

        assertReady(setupWithKey());

        assertEncryptedWith(KEY);
        assertThat(read("queues/email-deliveries/SqsManagedSseEnabled")).isEqualTo("false");
    }

    @Test
    void anotherKeyIsKeptAndPrintedUnlessResetIsGiven() {
        assertReady(end(start(Map.of("ATTACHE_KMS_KEY_ARN", OTHER_KEY))));
        remove("writes");

        Run later = setupWithKey();

        assertReady(later);
        assertThat(later.output())
                .contains(
                        "KmsMasterKeyId of email-deliveries-dlq is " + OTHER_KEY,
                        "KmsMasterKeyId of the topic deliveries is " + OTHER_KEY,
                        "the default encryption of bucket attache is aws:kms," + OTHER_KEY);
        assertThat(writes()).isEmpty();
        assertReady(setupWithKey("--reset"));
        assertEncryptedWith(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--reset"})
    void withoutAKeyEncryptionWithOneStays(String option) {
        assertReady(setupWithKey());
        remove("writes");

        Run later = option.isEmpty() ? setup() : setup(option);

        assertReady(later);
        assertThat(later.output()).doesNotContain("; kept");
        assertThat(writes()).isEmpty();
    }

    @Test
    void aQueueThatIsNotEncryptedIsPrintedAndEncryptedByReset() {
        begin();
        write("queues/email-deliveries/SqsManagedSseEnabled", "false");

        assertThat(setup().output()).contains("SqsManagedSseEnabled of email-deliveries is false");

        assertReady(setup("--reset"));
        assertThat(read("queues/email-deliveries/SqsManagedSseEnabled")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias/attache", "arn:aws:kms:eu-central-1:111122223333:alias/attache", "one"})
    void whatIsNotTheArnOfAKeyIsRejected(String key) {
        Run refused = end(start(Map.of("ATTACHE_KMS_KEY_ARN", key)));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("ATTACHE_KMS_KEY_ARN is '" + key + "'", "describe-key");
        assertThat(exists("calls")).isFalse();
    }

    private Run setupWithKey(String... options) {
        return end(start(Map.of("ATTACHE_KMS_KEY_ARN", KEY), options));
    }

    private void assertEncryptedWith(String key) {
        List<String> keys = new ArrayList<>();
        Topology.definition().allQueues().forEach(queue -> keys.add(read("queues/" + queue + "/KmsMasterKeyId")));
        Topology.definition().topics().keySet().forEach(topic -> keys.add(read("topics/" + topic + "/KmsMasterKeyId")));
        assertThat(keys).hasSize(15).containsOnly(key);
        assertThat(read("bucket/encryption").strip()).isEqualTo("aws:kms\t" + key + "\tTrue");
    }
}
