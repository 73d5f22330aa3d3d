package dev.attache.topology;

import static dev.attache.topology.IamPolicy.OBJECTS;
import static dev.attache.topology.IamPolicy.QUEUES;
import static dev.attache.topology.IamPolicy.RECEIVE;
import static dev.attache.topology.IamPolicy.SEND;
import static dev.attache.topology.IamPolicy.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.audit.AuditProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * {@code infra/console-policy.json} gives the console what it needs beyond the worker's permissions, and nothing else.
 */
class ConsolePolicyTests {

    private static final String AUDIT = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("attache.audit", AuditProperties.class)
            .prefix();

    private final Topology topology = Topology.definition();

    private final IamPolicy policy = IamPolicy.read("console-policy.json");

    @Test
    void lettersAreReceivedOnlyFromDeadLetterQueuesAndSentOnlyToTheQueuesThatTheyCameFrom() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.queues().keySet().forEach(name -> {
            allow(expected, Topology.deadLetters(name), RECEIVE);
            allow(expected, name, SEND);
        });
        topology.undeliveredQueues().forEach(name -> allow(expected, name, RECEIVE));

        assertThat(policy.actions(QUEUES)).isEqualTo(expected);
    }

    @Test
    void noOtherServiceAndNoOtherObjectThanTheAuditIsTouched() {
        assertThat(policy.actions("arn:aws:"))
                .allSatisfy((resource, actions) -> assertThat(resource).matches("(sqs|s3):.*"));
        assertThat(policy.actions(OBJECTS)).isEqualTo(Map.of(AUDIT + "*", Set.of("s3:GetObject", "s3:PutObject")));
        assertThat(policy.statements())
                .allSatisfy(statement -> assertThat(IamPolicy.texts(statement.path("Action")))
                        .noneMatch(action -> action.contains("*")));
    }

    @Test
    void onlyTheAuditRecordsOfTheLedgerAndDownloadsAreListed() {
        List<JsonNode> listing = policy.statements()
                .filter(statement ->
                        IamPolicy.texts(statement.path("Action")).anyMatch(action -> action.equals("s3:ListBucket")))
                .toList();

        assertThat(listing).singleElement().satisfies(statement -> {
            assertThat(statement.path("Resource").stringValue()).isEqualTo("arn:aws:s3:::BUCKET");
            assertThat(IamPolicy.texts(
                            statement.path("Condition").path("StringLike").path("s3:prefix")))
                    .containsExactly(
                            AUDIT + "*",
                            "ledger/claims/*",
                            "ledger/index/*",
                            "ledger/uploads/*",
                            "ledger/console/*",
                            "downloads/*");
        });
    }

    /** S3 applies the rule that deletes first ("Lifecycle configuration examples", overlapping rules). */
    @Test
    void theAuditIsKeptFor400DaysByTheOnlyRuleThatDeletesItsEntries() {
        assertThat(topology.bucket().lifecycle())
                .filteredOn(rule -> rule.expirationDays() != null)
                .filteredOn(rule -> AUDIT.startsWith(rule.prefix()))
                .singleElement()
                .satisfies(rule -> assertThat(rule.prefix()).isEqualTo(AUDIT))
                .satisfies(rule -> assertThat(rule.expirationDays()).isEqualTo(400));
    }
}
