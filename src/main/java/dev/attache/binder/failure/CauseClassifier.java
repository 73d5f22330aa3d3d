package dev.attache.binder.failure;

import java.util.List;
import java.util.Optional;

/**
 * Classifies an error by the outermost exception in its chain of causes that a rule knows, because frameworks wrap the
 * exceptions of the application. If no rule knows any of them, the error is {@link Failure.Unexpected}.
 *
 * @param rules the first one that knows an exception decides
 */
public record CauseClassifier(List<FailureRule> rules) implements FailureClassifier {

    public CauseClassifier {
        rules = List.copyOf(rules);
    }

    /** The rules in their order. */
    public CauseClassifier(FailureRule... rules) {
        this(List.of(rules));
    }

    @Override
    public Failure classify(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Optional<Failure> known = byRule(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new Failure.Unexpected(error.getClass().getName());
    }

    private Optional<Failure> byRule(Throwable cause) {
        return rules.stream().flatMap(rule -> rule.classify(cause).stream()).findFirst();
    }
}
