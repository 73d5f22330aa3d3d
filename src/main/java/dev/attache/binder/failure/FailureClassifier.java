package dev.attache.binder.failure;

/**
 * Classifies the error of an attempt. Without a bean of this type the binder uses a {@link CauseClassifier} with
 * {@link AwsFailureRule}. An application that knows more exceptions defines a {@link CauseClassifier} with rules of its
 * own before that one.
 */
@FunctionalInterface
public interface FailureClassifier {

    /** Never throws. */
    Failure classify(Throwable error);
}
