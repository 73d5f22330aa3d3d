package dev.attache.source;

import dev.attache.storage.ObjectKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key prefix that a source may link to. The placeholder {@code {subject}} is replaced by the event's subject, so that
 * each subject has its own folder.
 */
record DownloadPrefix(String template) {

    private static final String SUBJECT = "{subject}";

    /** The error in a configured prefix; empty if it is valid. */
    static Optional<String> error(String template) {
        if (!template.endsWith("/")) {
            return Optional.of("does not end with a slash, so it would match its siblings as well");
        }
        if (template.replace(SUBJECT, "").matches(".*[{}].*")) {
            return Optional.of("contains a placeholder other than " + SUBJECT);
        }
        return ObjectKeys.error(template.substring(0, template.length() - 1));
    }

    /** Whether the key starts with this prefix, for an event with this subject. */
    boolean contains(String key, @Nullable String subject) {
        if (!needsSubject()) {
            return key.startsWith(template);
        }
        return subject != null && isOneSegment(subject) && key.startsWith(template.replace(SUBJECT, subject));
    }

    boolean needsSubject() {
        return template.contains(SUBJECT);
    }

    /** Whether the subject is one segment of a key. Others could name a parent folder or another one. */
    private static boolean isOneSegment(String subject) {
        return !subject.isBlank()
                && subject.indexOf('/') < 0
                && ObjectKeys.error(subject).isEmpty();
    }
}
