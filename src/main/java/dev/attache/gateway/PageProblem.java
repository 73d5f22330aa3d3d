package dev.attache.gateway;

import org.springframework.http.HttpStatus;

/**
 * A reason why a page cannot do what was asked. Its {@link #name} is the {@code code} in answers to scripts, and part
 * of the keys of its texts: {@code problem.<name>}, {@code notice.<name>.heading} and {@code notice.<name>.text}.
 */
public interface PageProblem {

    /** The code, such as {@code TRY_AGAIN}. */
    String name();

    /** The status of the answer. */
    HttpStatus status();

    /** Whether nothing is left to do, so that a person sees a success instead of an error. */
    default boolean isDone() {
        return false;
    }
}
