package dev.attache.binder.failure;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Classifies the exceptions of the AWS SDK, of the network and of publishing. A refusal that is about the application
 * itself ({@link AwsErrorKind#isAboutWorker}) is {@link Failure.Down}; a service that did not answer, or is busy, is
 * retried in place. This rule does not classify the error if AWS calls the request invalid.
 */
public final class AwsFailureRule implements FailureRule {

    @Override
    public Optional<Failure> classify(Throwable exception) {
        return switch (exception) {
            case SdkException aws
            when AwsErrorKind.of(aws).isAboutWorker() ->
                Optional.of(new Failure.Down("AWS refuses this worker: " + AwsErrorKind.describe(aws)));
            case SdkServiceException service
            when AwsErrorKind.of(service) == AwsErrorKind.SERVICE ->
                inPlace("AWS answered " + service.statusCode() + ": "
                        + service.getClass().getSimpleName());
            case ApiCallTimeoutException timeout -> inPlace(message(timeout));
            case ApiCallAttemptTimeoutException timeout -> inPlace(message(timeout));
            case SdkClientException client -> inPlace("AWS could not be reached: " + client.getMessage());
            case TimeoutException timeout -> inPlace("Publishing took longer than the publish timeout");
            case IOException network ->
                inPlace("The network failed: " + network.getClass().getSimpleName());
            case CancellationException cancelled -> inPlace("A call was cancelled before it ended");
            default -> Optional.empty();
        };
    }

    private static String message(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }

    private static Optional<Failure> inPlace(String reason) {
        return Optional.of(Failure.Transient.inPlace(reason));
    }
}
