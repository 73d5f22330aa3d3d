package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * A batch call that AWS answered with 200 although it accepted no entry, for a reason that concerns this worker, such
 * as a KMS key.
 */
record BatchRefusal(AwsErrorKind why, String code) {

    static Optional<BatchRefusal> of(@Nullable SdkResponse response) {
        return switch (response) {
            case PublishBatchResponse batch
            when batch.successful().isEmpty() ->
                first(batch.failed().stream().map(entry -> entry.code()).toList());
            case SendMessageBatchResponse batch
            when batch.successful().isEmpty() ->
                first(batch.failed().stream().map(entry -> entry.code()).toList());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<BatchRefusal> first(List<String> codes) {
        return codes.stream()
                .map(code -> new BatchRefusal(AwsErrorKind.of(code, 400), code))
                .filter(refusal -> refusal.why().isAboutWorker())
                .findFirst();
    }
}
