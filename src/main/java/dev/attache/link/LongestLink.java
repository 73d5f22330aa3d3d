package dev.attache.link;

import java.time.Duration;

/** How long a link can live, by the credentials that sign it. */
sealed interface LongestLink {

    /** What the credentials are, for a sentence "signed with …". */
    String credentials();

    /**
     * @param duration no more can be counted on
     */
    record Known(Duration duration, String credentials) implements LongestLink {
    }

    /** They die some time, and do not say when. */
    record Unknown(String credentials) implements LongestLink {
    }
}
