package dev.attache.binder.batch;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The exception that a call for a refused entry alone would have thrown. So code that classifies errors needs no
 * special case for batches.
 */
public final class EntryRefusal {

    private EntryRefusal() {}

    public static Throwable of(software.amazon.awssdk.services.sns.model.BatchResultErrorEntry entry) {
        return SnsException.builder()
                .awsErrorDetails(details("Sns", entry.code(), entry.message()))
                .statusCode(status(entry.senderFault()))
                .build();
    }

    public static Throwable of(software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry entry) {
        return SqsException.builder()
                .awsErrorDetails(details("Sqs", entry.code(), entry.message()))
                .statusCode(status(entry.senderFault()))
                .build();
    }

    private static AwsErrorDetails details(String service, String code, @Nullable String message) {
        return AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode(code)
                .errorMessage(message == null ? code : message)
                .build();
    }

    private static int status(@Nullable Boolean senderFault) {
        return Boolean.TRUE.equals(senderFault) ? 400 : 500;
    }
}
