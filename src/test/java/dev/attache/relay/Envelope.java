package dev.attache.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The mail transaction of a conversation: who sends, and which recipients were accepted. */
final class Envelope {

    private Optional<String> from = Optional.empty();
    private final List<String> recipients = new ArrayList<>();

    boolean begun() {
        return from.isPresent();
    }

    String from() {
        return from.orElse("");
    }

    List<String> recipients() {
        return List.copyOf(recipients);
    }

    /** The accepted recipients, and one that is not accepted yet. */
    List<String> recipientsAnd(String another) {
        return Stream.concat(recipients.stream(), Stream.of(another)).toList();
    }

    void begin(String sender) {
        from = Optional.of(sender);
    }

    void add(String recipient) {
        recipients.add(recipient);
    }

    void clear() {
        from = Optional.empty();
        recipients.clear();
    }
}
