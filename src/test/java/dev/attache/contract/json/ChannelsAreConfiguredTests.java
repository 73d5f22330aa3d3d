package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;

/** The queues and topics of {@code asyncapi.yaml} are those of the design and those that the worker is bound to. */
class ChannelsAreConfiguredTests {

    private static final Set<String> QUEUES = Set.of(
            "attachment-requests",
            "purchases-completed",
            "objects-created",
            "request-parts",
            "email-deliveries",
            "newsletter-deliveries");
    private static final Set<String> TOPICS = Set.of("deliveries", "attachment-events");

    private static final Pattern DESTINATION =
            Pattern.compile("spring\\.cloud\\.stream\\.bindings\\.[^.]+\\.destination");

    /** A setting's default, where a destination is written as {@code ${setting:default}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^:}]+:([^}]+)}");

    @Test
    void queuesAreThoseOfTheDesignEachWithItsDeadLetterQueue() {
        assertThat(namesWithBinding("sqs")).isEqualTo(QUEUES);
        assertThat(AsyncApi.document()
                        .path("channels")
                        .valueStream()
                        .filter(channel -> channel.path("bindings").has("sqs")))
                .allSatisfy(channel -> {
                    String queue = channel.path("address").stringValue();
                    JsonNode sqs = channel.path("bindings").path("sqs");
                    assertThat(sqs.at("/queue/name").stringValue()).isEqualTo(queue);
                    assertThat(sqs.at("/queue/redrivePolicy/deadLetterQueue/name")
                                    .stringValue())
                            .isEqualTo(queue + "-dlq");
                    assertThat(sqs.at("/deadLetterQueue/name").stringValue()).isEqualTo(queue + "-dlq");
                    assertThat(sqs.at("/queue/redrivePolicy/maxReceiveCount").intValue())
                            .isEqualTo(10);
                    assertThat(sqs.at("/deadLetterQueue/messageRetentionPeriod").intValue())
                            .isGreaterThan(
                                    sqs.at("/queue/messageRetentionPeriod").intValue());
                });
    }

    @Test
    void topicsAreThoseOfTheDesign() {
        assertThat(namesWithBinding("sns")).isEqualTo(TOPICS);
    }

    @Test
    void everyDestinationOfTheWorkerIsAChannelAndTheOtherWayRound() {
        assertThat(configuredDestinations()).isEqualTo(AsyncApi.addresses());
    }

    private static Set<String> namesWithBinding(String protocol) {
        return AsyncApi.document()
                .path("channels")
                .valueStream()
                .filter(channel -> channel.path("bindings").has(protocol))
                .map(channel -> channel.path("address").stringValue())
                .collect(Collectors.toSet());
    }

    /**
     * All values of {@code spring.cloud.stream.bindings.*.destination}; an output to a queue is {@code queue:<name>}.
     */
    private static Set<String> configuredDestinations() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        return Objects.requireNonNull(yaml.getObject()).entrySet().stream()
                .filter(property ->
                        DESTINATION.matcher(property.getKey().toString()).matches())
                .map(property -> resolved(property.getValue().toString()))
                .map(destination -> destination.startsWith("queue:") ? destination.substring(6) : destination)
                .collect(Collectors.toSet());
    }

    private static String resolved(String destination) {
        Matcher placeholder = PLACEHOLDER.matcher(destination);
        return placeholder.find() ? placeholder.replaceAll("$1") : destination;
    }
}
