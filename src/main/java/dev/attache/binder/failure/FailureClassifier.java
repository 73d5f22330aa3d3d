package dev.attache.binder.failure;

/** Says which kind of failure an error is. The binder knows nothing of events, so whoever uses it provides one. */
@FunctionalInterface
public interface FailureClassifier {

    /** Never throws. */
    Failure classify(Throwable error);
}
