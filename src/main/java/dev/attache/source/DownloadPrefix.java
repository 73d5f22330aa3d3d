package dev.attache.source;

import dev.attache.storage.ObjectKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose objects a source may link to. Where it holds {@code {subject}}, the event's subject takes that place,
 * so that people reach only their own files.
 */
record DownloadPrefix(String template) {

    private static final String SUBJECT = "{subject}";

    /** What is wrong with a configured prefix; empty when nothing is. */
    static Optional<String> fault(String template) {
        if (!template.endsWith("/")) {
            return Optional.of("does not end with a slash, so it would match its siblings as well");
        }
        if (template.replace(SUBJECT, "").matches(".*[{}].*")) {
            return Optional.of("holds a placeholder other than " + SUBJECT);
        }
        return ObjectKeys.fault(template.substring(0, template.length() - 1));
    }

    /** Whether the key lies in this folder, for an event with this subject. */
    boolean holds(String key, @Nullable String subject) {
        if (!needsSubject()) {
            return key.startsWith(template);
        }
        return subject != null && isOneSegment(subject) && key.startsWith(template.replace(SUBJECT, subject));
    }

    boolean needsSubject() {
        return template.contains(SUBJECT);
    }

    /** A subject that could reach out of its folder, or make it a wider one, names no folder at all. */
    private static boolean isOneSegment(String subject) {
        return !subject.isBlank()
                && subject.indexOf('/') < 0
                && ObjectKeys.fault(subject).isEmpty();
    }
}
