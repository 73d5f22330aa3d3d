package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DownloadAccess;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** {@code application.yaml} and {@code infra/topology.yaml} agree. */
class ApplicationBindingsTests {

    private static final Pattern DESTINATION =
            Pattern.compile("spring\\.cloud\\.stream\\.bindings\\.([^.]+)\\.destination");

    private final Topology topology = Topology.definition();

    @Test
    void everyBindingHasTheQueueOrTopicOfTheDefinition() {
        Map<String, String> expected = new TreeMap<>();
        topology.queues().forEach((name, queue) -> {
            queue.inputs().forEach(binding -> expected.put(binding, name));
            queue.outputs().forEach(binding -> expected.put(binding, "queue:" + name));
        });
        topology.topics().forEach((name, topic) -> topic.outputs().forEach(binding -> expected.put(binding, name)));

        Map<String, String> configured = new TreeMap<>();
        application().forEach((property, value) -> {
            Matcher binding = DESTINATION.matcher(property.toString());
            if (binding.matches()) {
                configured.put(binding.group(1), value.toString());
            }
        });

        assertThat(configured).isEqualTo(expected);
    }

    @Test
    void lifecycleRulesDeleteOnlyObjectsOfTheLedgerAndTheAudit() {
        String ledger = application().getProperty("attache.ledger.prefix");

        assertThat(topology.bucket().lifecycle())
                .filteredOn(rule -> rule.expirationDays() != null)
                .extracting(Topology.LifecycleRule::prefix)
                .containsExactly(ledger, ledger + "due/", "attache-audit/");
    }

    @Test
    void recordsOfPagesOutliveTheLongestPageAndItsMessages() {
        int messages = topology.queueSettings().messageRetentionPeriod()
                + topology.deadLetterQueueSettings().messageRetentionPeriod();

        assertThat(topology.bucket().lifecycle())
                .filteredOn(rule -> "attache-ledger".equals(rule.id()))
                .extracting(Topology.LifecycleRule::expirationDays)
                .containsExactly(
                        (int) DownloadAccess.LONGEST.plusSeconds(messages).toDays());
    }

    /** S3 applies the rule that deletes first ("Lifecycle configuration examples", overlapping rules). */
    @Test
    void theAuditIsKeptFor400DaysByTheOnlyRuleThatDeletesItsEntries() {
        assertThat(topology.bucket().lifecycle())
                .filteredOn(rule -> rule.expirationDays() != null)
                .filteredOn(rule -> "attache-audit/".startsWith(rule.prefix()))
                .singleElement()
                .satisfies(rule -> assertThat(rule.prefix()).isEqualTo("attache-audit/"))
                .satisfies(rule -> assertThat(rule.expirationDays()).isEqualTo(400));
    }

    private static Properties application() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        return Objects.requireNonNull(yaml.getObject());
    }
}
