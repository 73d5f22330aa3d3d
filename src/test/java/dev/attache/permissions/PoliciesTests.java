package dev.attache.permissions;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.permissions.iam.Condition;
import dev.attache.permissions.iam.IamPolicy;
import dev.attache.permissions.iam.Permission;
import dev.attache.topology.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies in {@code infra/policies} name what {@code infra/topology.yaml} defines, and allow as little as AWS lets
 * them.
 */
class PoliciesTests {

    /** "IAM and AWS STS quotas": characters of a managed policy, without white space. */
    private static final int LONGEST = 6_144;

    private static final Set<String> RECEIVE = Set.of(
            "sqs:GetQueueUrl",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility");

    private static final Set<String> SEND = Set.of("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SendMessage");

    private final Topology topology = Topology.definition();

    static List<String> names() {
        return PolicyFiles.names();
    }

    @Test
    void thereIsAPolicyForEachRoleEachAdditionAndOthers() {
        Set<String> owned = Installation.granted().values().stream()
                .flatMap(List::stream)
                .map(IamPolicy::name)
                .collect(Collectors.toCollection(HashSet::new));
        owned.addAll(Installation.OF_OTHERS);

        assertThat(PolicyFiles.names()).containsExactlyInAnyOrderElementsOf(owned);
    }

    @ParameterizedTest
    @MethodSource("names")
    void noActionHasAWildcardAndTheOnlyResourcesForAllAreOfActionsThatKnowNoResources(String name) {
        assertThat(PolicyFiles.read(name).permissions()).allSatisfy(permission -> {
            assertThat(permission.action()).doesNotContain("*", "?");
            if (permission.resource().equals("*")) {
                assertThat(permission.action()).isIn("sns:ListTopics", "cloudwatch:PutMetricData");
            } else {
                assertThat(permission.resource()).matches("arn:aws:[^*]+(/\\*)?");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void partitionRegionAccountAndNamesArePlaceholders(String name) {
        assertThat(PolicyFiles.template(name))
                .doesNotContain("arn:aws")
                .doesNotContainPattern("arn:\\$\\{partition}:(sqs|sns):(?!\\$\\{region}:\\$\\{account}:\\$\\{prefix})")
                .doesNotContainPattern("arn:\\$\\{partition}:s3:::(?!\\$\\{bucket}[/\"])")
                .doesNotContainPattern("arn:(?!\\$\\{partition}:)");
    }

    @ParameterizedTest
    @MethodSource("names")
    void withTheLongestNamesItIsShorterThanAManagedPolicyMayBe(String name) {
        Map<String, String> longest = new HashMap<>();
        Sample.PLACEHOLDERS.forEach((placeholder, value) -> longest.put(placeholder, value + "x".repeat(20)));
        longest.putAll(Map.of(
                "partition", "aws-us-gov",
                "region", "ap-southeast-1",
                "account", "111122223333",
                "bucket", "b".repeat(63),
                "prefix", "p".repeat(20)));

        assertThat(PolicyFiles.text(name, longest).replaceAll("\\s", "")).hasSizeLessThan(LONGEST);
    }

    @Test
    void everyPlaceholderIsUsed() {
        Set<String> used = PolicyFiles.names().stream()
                .flatMap(name -> Pattern.compile("\\$\\{(\\w+)}")
                        .matcher(PolicyFiles.template(name))
                        .results())
                .map(placeholder -> placeholder.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(used).isEqualTo(new TreeSet<>(Sample.PLACEHOLDERS.keySet()));
    }

    @Test
    void theWorkerReceivesFromItsQueuesSendsDeadLettersAndPartsAndWatchesUndeliveredMessages() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.queues().forEach((name, queue) -> {
            allow(expected, name, RECEIVE);
            allow(expected, Topology.deadLetters(name), SEND);
            if (!queue.outputs().isEmpty()) {
                allow(expected, name, Set.of("sqs:SendMessage"));
            }
        });

        topology.undeliveredQueues()
                .forEach(name -> allow(expected, name, Set.of("sqs:GetQueueUrl", "sqs:GetQueueAttributes")));

        assertThat(actions("worker", Sample.queue(""))).isEqualTo(expected);
    }

    @Test
    void thePagesUseNoQueue() {
        assertThat(actions("pages", Sample.queue(""))).isEmpty();
    }

    @Test
    void theConsoleReceivesFromDeadLetterQueuesOnlyAndSendsOnlyToTheQueuesThatLettersCameFrom() {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.queues().keySet().forEach(name -> {
            allow(expected, Topology.deadLetters(name), RECEIVE);
            allow(expected, name, SEND);
        });
        topology.undeliveredQueues().forEach(name -> allow(expected, name, RECEIVE));

        assertThat(actions("console", Sample.queue(""))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("roles")
    void everyRolePublishesToEveryTopic(String role) {
        Map<String, Set<String>> expected = new TreeMap<>();
        topology.topics().keySet().forEach(name -> allow(expected, name, Set.of("sns:Publish")));

        assertThat(actions(role, Sample.topic(""))).isEqualTo(expected);
    }

    static Stream<String> roles() {
        return Stream.of("worker", "pages", "console");
    }

    @Test
    void nothingButMarkersIsDeleted() {
        assertThat(permissions("s3:DeleteObject"))
                .extracting(Permission::resource)
                .containsOnly(Sample.object("ledger/due/*"));
    }

    @Test
    void keysCanBeCreatedAndReadButNotOverwritten() {
        assertThat(permissions()
                        .filter(permission -> permission.resource().startsWith(Sample.object("attache-keys/")))
                        .filter(permission -> !permission.action().equals("s3:GetObject")))
                .isNotEmpty()
                .allSatisfy(permission -> {
                    assertThat(permission.action()).isEqualTo("s3:PutObject");
                    assertThat(permission.conditions())
                            .containsExactly(new Condition("Null", "s3:if-none-match", "false"));
                });
    }

    @Test
    void onlyTheConsoleReadsTheAuditAndAddsToIt() {
        assertThat(permissions().filter(permission -> permission.resource().contains("attache-audit")))
                .filteredOn(permission -> !permission.action().equals("s3:ListBucket"))
                .extracting(
                        permission -> permission.policy() + " " + permission.action() + " " + permission.conditions())
                .containsExactlyInAnyOrder(
                        "console s3:GetObject []", "console s3:PutObject [Null s3:if-none-match=false]");
    }

    @Test
    void listingIsLimitedToFolders() {
        assertThat(permissions("s3:ListBucket"))
                .isNotEmpty()
                .allSatisfy(permission -> assertThat(permission.conditions())
                        .singleElement()
                        .satisfies(condition -> {
                            assertThat(condition.key()).isEqualTo("s3:prefix");
                            assertThat(condition.value()).matches("[a-z-]+/\\*");
                        }));
    }

    @Test
    void keysOfKmsAreUsedThroughTheThreeServicesOnly() {
        assertThat(PolicyFiles.read("kms").permissions())
                .allSatisfy(permission -> assertThat(permission.conditions())
                        .singleElement()
                        .satisfies(condition -> {
                            assertThat(condition.key()).isEqualTo("kms:ViaService");
                            assertThat(condition.value()).matches("(s3|sns|sqs)\\.eu-central-1\\.amazonaws\\.com\\*");
                        }));
    }

    /** What a policy allows, by the rest of the resources that begin with this. */
    static Map<String, Set<String>> actions(String policy, String beginning) {
        Map<String, Set<String>> actions = new TreeMap<>();
        PolicyFiles.read(policy).permissions().stream()
                .filter(permission -> permission.resource().startsWith(beginning))
                .forEach(permission -> allow(
                        actions, permission.resource().substring(beginning.length()), Set.of(permission.action())));
        return actions;
    }

    private static void allow(Map<String, Set<String>> actions, String resource, Set<String> more) {
        actions.computeIfAbsent(resource, any -> new TreeSet<>()).addAll(more);
    }

    private static Stream<Permission> permissions() {
        return PolicyFiles.all().values().stream().flatMap(policy -> policy.permissions().stream());
    }

    private static List<Permission> permissions(String action) {
        return permissions()
                .filter(permission -> permission.action().equals(action))
                .toList();
    }
}
