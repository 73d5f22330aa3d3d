package dev.attache.deadletters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of a dry run.
 *
 * @param of by the letters' message ids
 */
public record Verdicts(Map<String, Result> of) {

    /**
     * @param verdict accepted, rejected or unknown
     * @param code the code of a rejection; null otherwise
     * @param text a note, the reason of the rejection, or why nothing can be said now
     */
    public record Result(Kind verdict, @Nullable String code, String text) {}

    /** What would happen to a letter. */
    public enum Kind {
        ACCEPTED,
        REJECTED,
        UNKNOWN
    }

    public Verdicts {
        of = Map.copyOf(of);
    }
}
