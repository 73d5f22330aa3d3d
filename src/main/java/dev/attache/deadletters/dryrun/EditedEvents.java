package dev.attache.deadletters.dryrun;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventEditor;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Prepares letters for editing, and reads what operators have edited. Has no side effects. */
public final class EditedEvents {

    private final AcceptanceChecks checks;

    private final EventCodec codec;

    private final EventEditor editor;

    private final Predicate<String> pinned;

    private final Supplier<String> ids;

    /**
     * @param pinned whether a source is pinned to senders
     * @param ids new ids of events
     */
    public EditedEvents(
            AcceptanceChecks checks,
            EventCodec codec,
            EventEditor editor,
            Predicate<String> pinned,
            Supplier<String> ids) {
        this.checks = checks;
        this.codec = codec;
        this.editor = editor;
        this.pinned = pinned;
        this.ids = ids;
    }

    /**
     * The text that an operator edits: the event of a letter, without the SNS notification or EventBridge event in
     * which it was received, and with a placeholder instead of each signed URL and each address of a page.
     *
     * @param body the body of the letter, which need not be valid
     */
    public String editable(String body) {
        return HiddenSecrets.in(editor.unwrapped(body)).text();
    }

    /**
     * Reads an edited letter, and gives its event a new id. A notification of S3 has no id and stays as it is.
     *
     * @param queue the name of the queue to which the letter will be sent
     * @param edited the text of the operator, with or without placeholders
     * @param original the body of the letter, to which the placeholders belong
     * @throws RejectedException if the text is not a message of that queue; its detail names the fault and its place
     */
    public EditedEvent of(String queue, String edited, String original) {
        return of(queue, edited, original, ids.get());
    }

    /**
     * As {@link #of(String, String, String)}, with the same id whenever the same task reads the letter: a task that is
     * resumed may send it again.
     */
    public EditedEvent of(String queue, String edited, String original, UUID task) {
        return of(
                queue,
                edited,
                original,
                EventIds.derive("attache", task.toString(), "edited").toString());
    }

    private EditedEvent of(String queue, String edited, String original, String id) {
        AcceptanceCheck check = checks.of(queue)
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.UNKNOWN_TYPE, "Queue " + queue + " is not one that this worker handles"));
        String text =
                HiddenSecrets.in(editor.unwrapped(original)).restored(edited).strip();
        if (check.types().isEmpty()) {
            codec.readObjectsCreated(text.getBytes(StandardCharsets.UTF_8));
            return new EditedEvent(text, null, null, "A notification of S3 has no id");
        }
        String event = editor.unwrapped(text);
        CloudEvent<?> read = codec.read(event.getBytes(StandardCharsets.UTF_8), check.types());
        String body = check.adapted(renamed(read, id))
                .map(adapted -> new String(codec.write(adapted), StandardCharsets.UTF_8))
                .orElseGet(() -> editor.withId(event, id));
        return new EditedEvent(body, id, read.id(), note(read));
    }

    private static <T> CloudEvent<T> renamed(CloudEvent<T> event, String id) {
        return new CloudEvent<>(
                id, event.source(), event.type(), event.time(), event.subject(), event.traceparent(), event.data());
    }

    private String note(CloudEvent<?> event) {
        List<String> notes = new ArrayList<>();
        if (!event.type().equals(EventType.AUDIENCE_PART)) {
            notes.add("Its mails have ids of their own: who has a mail of the original gets another one");
        }
        if (!event.type().equals(EventType.LINK_ISSUED) && pinned.test(event.source())) {
            notes.add(
                    ("Source %1$s is pinned to senders. The console sends the edited letter, so it is accepted only if"
                                    + " attache.sources.%1$s.sender-ids lists the principal of the console")
                            .formatted(event.source()));
        }
        return String.join(". ", notes);
    }
}
