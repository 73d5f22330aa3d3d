package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code asyncapi.yaml} and {@code infra/topology.yaml} agree. */
class AsyncApiChannelsTests {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Topology topology = Topology.definition();

    private final JsonNode document = YAML.readTree(Path.of("asyncapi.yaml").toFile());

    @Test
    void everyQueueIsAChannelWithItsSettingsAndItsDeadLetterQueue() {
        Map<String, JsonNode> expected = new TreeMap<>();
        Topology.queueNames().forEach(name -> expected.put(name, queueBinding(name)));

        assertThat(bindings("sqs")).isEqualTo(expected);
    }

    private JsonNode queueBinding(String name) {
        String deadLetters = Topology.deadLetters(name);
        return YAML.readTree("""
            bindingVersion: 0.2.0
            queue:
              name: %s
              fifoQueue: false
              visibilityTimeout: %d
              messageRetentionPeriod: %d
              redrivePolicy:
                deadLetterQueue:
                  name: %s
                maxReceiveCount: %d
            deadLetterQueue:
              name: %s
              fifoQueue: false
              messageRetentionPeriod: %d
            """.formatted(
                        name,
                        topology.queueSettings().visibility().toSeconds(),
                        topology.queueSettings().messageRetentionPeriod(),
                        deadLetters,
                        topology.queueSettings().receives(),
                        deadLetters,
                        topology.deadLetterQueueSettings().messageRetentionPeriod()));
    }

    @Test
    void everyTopicIsAChannel() {
        assertThat(bindings("sns").keySet()).isEqualTo(topology.topics().keySet());
        assertThat(bindings("sns"))
                .allSatisfy((name, binding) ->
                        assertThat(binding.path("name").stringValue()).isEqualTo(name));
    }

    @Test
    void everySubscriptionIsAConsumerWithItsFilterAndItsQueueOfUndeliveredMessages() {
        Map<String, List<JsonNode>> expected = new TreeMap<>();
        topology.topics().forEach((name, topic) -> {
            if (!topic.subscriptions().isEmpty()) {
                expected.put(
                        name,
                        topic.subscriptions().stream()
                                .map(AsyncApiChannelsTests::consumer)
                                .toList());
            }
        });

        Map<String, List<JsonNode>> described = document.path("operations")
                .valueStream()
                .map(operation -> operation.at("/bindings/sns"))
                .filter(sns -> sns.has("consumers"))
                .collect(Collectors.toMap(
                        sns -> sns.at("/topic/name").stringValue(),
                        sns -> sns.path("consumers").valueStream().toList()));

        assertThat(described).isEqualTo(expected);
    }

    private static JsonNode consumer(Topology.Subscription subscription) {
        return YAML.valueToTree(Map.of(
                "protocol", "sqs",
                "endpoint", Map.of("name", subscription.queue()),
                "rawMessageDelivery", subscription.rawMessageDelivery(),
                "filterPolicy", subscription.filterPolicy(),
                "redrivePolicy", Map.of("deadLetterQueue", Map.of("name", subscription.undelivered()))));
    }

    /** Every channel's binding of this protocol, by the channel's address. */
    private Map<String, JsonNode> bindings(String protocol) {
        return document.path("channels")
                .valueStream()
                .filter(channel -> channel.path("bindings").has(protocol))
                .collect(Collectors.toMap(
                        channel -> channel.path("address").stringValue(),
                        channel -> channel.path("bindings").path(protocol),
                        (first, second) -> first,
                        TreeMap::new));
    }
}
