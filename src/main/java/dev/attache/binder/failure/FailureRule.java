package dev.attache.binder.failure;

import java.util.Optional;

/** Classifies exceptions of certain types. */
@FunctionalInterface
public interface FailureRule {

    /**
     * Classifies one exception, without its causes. Never throws.
     *
     * @return empty for a type that this rule does not know
     */
    Optional<Failure> classify(Throwable exception);
}
