package dev.attache.contract.value;

import java.time.Duration;

/** The limit and the text form of the lifetimes of links. */
public final class Lifetimes {

    /**
     * The longest lifetime that Signature Version 4 allows (Amazon S3 API Reference, "Authenticating Requests: Using
     * Query Parameters").
     */
    public static final Duration LONGEST = Duration.ofDays(7);

    private Lifetimes() {}

    /** Formats a duration as in the configuration: {@code 10d}, not {@code PT240H}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : duration.toString();
    }
}
