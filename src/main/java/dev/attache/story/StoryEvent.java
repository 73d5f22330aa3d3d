package dev.attache.story;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a request, or will.
 *
 * @param text further facts; may contain names of files and reasons that people typed, but no address of a mail
 * @param until until when something holds, such as a link; null if that does not apply
 */
public record StoryEvent(
        Instant at, Kind kind, String text, @Nullable Instant until) {

    StoryEvent(Instant at, Kind kind, String text) {
        this(at, kind, text, null);
    }

    /** Kinds of events. */
    public enum Kind {
        ISSUED("Link issued", Tone.PLAIN),
        SENDING("Mail being sent", Tone.OPEN),
        NOT_SENT("Mail not sent yet", Tone.BAD),
        MAILED("Mail accepted by the relay", Tone.GOOD),
        REMINDED("Reminder published", Tone.PLAIN),
        NEW_LINK("New link asked for by the recipient", Tone.PLAIN),
        CONFIRMING_LINK("Link to confirm the address sent", Tone.PLAIN),
        SENT_AGAIN("Sent again by an operator", Tone.PLAIN),
        CONFIRMED("Address confirmed", Tone.GOOD),
        DOWNLOADED("Downloaded", Tone.GOOD),
        REVOKED("Revoked", Tone.BAD),
        EXTENDED("Extended", Tone.PLAIN),
        EXPIRED("Expired", Tone.BAD),
        OPENED("Upload opened", Tone.PLAIN),
        CHOSEN("File chosen", Tone.PLAIN),
        ARRIVED("File arrived", Tone.GOOD),
        FILE_REFUSED("File refused", Tone.BAD),
        COMPLETED("Upload completed", Tone.GOOD),
        DECLINED("Upload declined", Tone.BAD),
        DEAD_LETTER("Dead letter", Tone.BAD);

        private final String label;

        private final Tone tone;

        Kind(String label, Tone tone) {
            this.label = label;
            this.tone = tone;
        }

        public String label() {
            return label;
        }

        public Tone tone() {
            return tone;
        }
    }

    /** How an event is to be read. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        /** Not ended yet. */
        OPEN
    }
}
