package dev.attache.aws;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A kind of call that a policy allows or denies: an action on a resource.
 *
 * @param action the name in policies, such as {@code sns:Publish}
 * @param resource a topic's ARN, a queue's name, or a bucket with the first folder of a key; empty if there is none
 */
record AwsCall(String action, String resource) {

    /**
     * @param service the service, as the SDK names it
     * @param operation the operation, as the SDK names it
     */
    static AwsCall of(String service, String operation, SdkRequest request) {
        String name = switch (operation) {
            case "HeadObject" -> "GetObject";
            case "HeadBucket", "ListObjectsV2" -> "ListBucket";
            default ->
                operation.endsWith("Batch") ? operation.substring(0, operation.length() - "Batch".length()) : operation;
        };
        return new AwsCall(service.toLowerCase(Locale.ROOT) + ":" + name, resource(request));
    }

    /** All calls of one service: invalid credentials affect all of them. */
    AwsCall anyOfService() {
        return new AwsCall(action.substring(0, action.indexOf(':')) + ":*", "");
    }

    private static String resource(SdkRequest request) {
        Optional<String> bucket = field(request, "Bucket");
        if (bucket.isPresent()) {
            return bucket.get() + "/"
                    + field(request, "Key")
                            .or(() -> field(request, "Prefix"))
                            .map(AwsCall::firstFolder)
                            .orElse("");
        }
        return Stream.of("TopicArn", "QueueUrl", "QueueName", "RoleArn")
                .flatMap(name -> field(request, name).stream())
                .findFirst()
                .map(value -> value.startsWith("http") ? value.substring(value.lastIndexOf('/') + 1) : value)
                .orElse("");
    }

    /** The rest of a key may contain file names and, for pages of earlier builds, the secret page id. */
    private static String firstFolder(String key) {
        return key.substring(0, key.indexOf('/') + 1);
    }

    private static Optional<String> field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class);
    }

    @Override
    public String toString() {
        return resource.isEmpty() ? action : action + " on " + resource;
    }
}
