package dev.attache.deadletters;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventCodec.Origin;
import dev.attache.deadletters.Announcements.Announcement;
import dev.attache.deadletters.Announcements.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Reads a message of a dead-letter queue: one that a worker wrote, with its attributes, or one that SQS moved, without
 * them. Never fails because of what a message contains.
 */
public final class LetterReader {

    /** The most characters of an excerpt: a snapshot of ten thousand letters must fit into a worker's memory. */
    static final int EXCERPT = 500;

    /** The most characters of an attribute that are kept. */
    private static final int VALUE = 500;

    /** Secrets are hidden in this part of a body, of which the excerpt is the beginning. */
    private static final int EXAMINED = 200 * EXCERPT;

    /** Characters that change the direction of text, and could disguise it (Unicode Standard Annex #9, section 2). */
    private static final Pattern DIRECTION = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern TYPE = Pattern.compile("\\\\*\"type\\\\*\"\\s*:\\s*\\\\*\"([a-z][a-z.]{1,60})\\\\*\"");

    private final EventCodec codec;

    private final Announcements announcements;

    private final String prefix;

    private final Map<String, String> queuesOfChannels;

    /**
     * @param prefix the beginning of the names of the attributes that workers add
     * @param queuesOfChannels the queues to which SNS delivers messages, by their attribute {@code channel}
     */
    public LetterReader(
            EventCodec codec, Announcements announcements, String prefix, Map<String, String> queuesOfChannels) {
        this.codec = codec;
        this.announcements = announcements;
        this.prefix = prefix;
        this.queuesOfChannels = Map.copyOf(queuesOfChannels);
    }

    /** @param message with all its attributes and system attributes */
    public DeadLetter read(DeadLetterQueue queue, Message message) {
        Map<String, String> attributes = texts(message);
        Optional<Origin> origin = codec.originOf(message.body().getBytes(StandardCharsets.UTF_8));
        String code = own(attributes, "code");
        String reason = own(attributes, "reason");
        String sourceQueue = sourceQueue(queue, message).orElse(null);
        Instant sentAt = instantOf(message, MessageSystemAttributeName.SENT_TIMESTAMP);
        boolean announced = code != null && !"false".equals(own(attributes, "announced"));
        Optional<Announcement> announcement = code == null || sourceQueue == null || !announced
                ? Optional.empty()
                : announcements.of(new Rejection(
                        sourceQueue,
                        own(attributes, "message-id"),
                        code,
                        reason == null ? "" : reason,
                        message.body(),
                        own(attributes, "sender")));
        String body = message.body();
        String shown = visible(SecretMask.hide(body.length() <= EXAMINED ? body : body.substring(0, EXAMINED)));
        return new DeadLetter(
                queue.name(),
                message.messageId(),
                code == null ? null : shown(code),
                reason == null ? null : shown(reason),
                origin.map(Origin::source).orElse(attributes.get("source")),
                type(attributes, body),
                origin.map(Origin::id).orElse(null),
                origin.map(Origin::requestId).orElse(null),
                sourceQueue,
                number(own(attributes, "attempts")),
                sentAt,
                instant(own(attributes, "failed-at")),
                sentAt.plus(queue.retention()),
                announced,
                announcement.map(Announcement::type).orElse(null),
                announcement.map(Announcement::id).orElse(null),
                shownAttributes(message),
                cut(shown, EXCERPT),
                shown.length() <= EXCERPT && shown.equals(body),
                body.getBytes(StandardCharsets.UTF_8).length);
    }

    /** The queue that a message came from: a worker's attribute, SQS's, SNS's channel, or the queue's own source. */
    public Optional<String> sourceQueue(DeadLetterQueue queue, Message message) {
        Map<String, String> attributes = texts(message);
        return Optional.ofNullable(own(attributes, "source-queue"))
                .or(() -> Optional.ofNullable(
                                message.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN))
                        .map(arn -> arn.substring(arn.lastIndexOf(':') + 1)))
                .or(() -> Optional.ofNullable(queue.source()))
                .or(() -> Optional.ofNullable(attributes.get("channel")).map(queuesOfChannels::get));
    }

    private @Nullable String own(Map<String, String> attributes, String name) {
        return attributes.get(prefix + name);
    }

    private static Map<String, String> texts(Message message) {
        Map<String, String> texts = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                texts.put(name, value.stringValue());
            }
        });
        return texts;
    }

    /** Without those that have a field of their own, and without the statement about the sender. */
    private Map<String, String> shownAttributes(Message message) {
        Map<String, String> shown = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> {
            if (!name.startsWith(prefix) || name.equals(prefix + "message-id")) {
                shown.put(name, text(value));
            }
        });
        return shown;
    }

    private static String text(MessageAttributeValue value) {
        return value.stringValue() == null
                ? "(%d bytes)"
                        .formatted(
                                value.binaryValue() == null
                                        ? 0
                                        : value.binaryValue().asByteArrayUnsafe().length)
                : shown(value.stringValue());
    }

    private static @Nullable String type(Map<String, String> attributes, String body) {
        String stated = attributes.get("type");
        if (stated != null) {
            return shown(stated);
        }
        Matcher matcher = TYPE.matcher(body.length() <= EXAMINED ? body : body.substring(0, EXAMINED));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** An attribute's value without secrets, and not longer than a worker writes it. */
    private static String shown(String value) {
        return cut(visible(SecretMask.hide(value)), VALUE);
    }

    /** Writes characters that nobody sees, but that change the order of others, as escapes. */
    private static String visible(String text) {
        return DIRECTION
                .matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException foreign) {
            return null;
        }
    }

    private static Instant instantOf(Message message, MessageSystemAttributeName name) {
        return Instant.ofEpochMilli(Long.parseLong(message.attributes().getOrDefault(name, "0")));
    }
}
