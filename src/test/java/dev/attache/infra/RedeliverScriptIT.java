package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.topology.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/redeliver.sh}, which sends messages that SNS could not deliver. */
class RedeliverScriptIT extends ScriptTestBase {

    @Test
    void anUndeliveredMessageIsSentToTheQueueOfItsChannelAndDeleted() {
        begin();
        write("queues/deliveries-undelivered/messages/a", "email\t{\"text\":\"\\n \\\"x\\\" %s ü\"}");
        write("queues/deliveries-undelivered/messages/b", "newsletter\t{\"text\":\"other\"}");

        Run redelivered = end(start("infra/redeliver.sh", Map.of()));

        assertThat(redelivered.output()).contains("2 messages sent");
        assertThat(redelivered.exitCode()).isZero();
        assertThat(list("queues/email-deliveries/messages"))
                .containsExactly("email\t{\"text\":\"\\n \\\"x\\\" %s ü\"}");
        assertThat(list("queues/newsletter-deliveries/messages")).containsExactly("newsletter\t{\"text\":\"other\"}");
        assertThat(list("queues/deliveries-undelivered/messages")).isEmpty();
    }

    @Test
    void everyChannelOfTheDefinitionIsSentToItsQueue() {
        begin();
        List<Topology.Subscription> subscriptions =
                Topology.definition().subscriptions().toList();
        subscriptions.forEach(subscription -> subscription
                .filterPolicy()
                .get("channel")
                .forEach(channel ->
                        write("queues/" + subscription.undelivered() + "/messages/" + channel, channel + "\t{}")));

        Run redelivered = end(start("infra/redeliver.sh", Map.of()));

        assertThat(redelivered.exitCode()).as(redelivered.output()).isZero();
        assertThat(subscriptions)
                .allSatisfy(subscription -> assertThat(list("queues/" + subscription.queue() + "/messages"))
                        .containsExactlyElementsOf(subscription.filterPolicy().get("channel").stream()
                                .map(channel -> channel + "\t{}")
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource({"sqs send-message, email", "'', event"})
    void aMessageThatCannotBeSentStays(String denied, String channel) {
        begin();
        write("queues/deliveries-undelivered/messages/a", channel + "\t{}");
        write("denied", denied + "\n");

        assertThat(end(start("infra/redeliver.sh", Map.of())).exitCode()).isNotZero();

        assertThat(list("queues/deliveries-undelivered/messages")).containsExactly(channel + "\t{}");
    }
}
