package dev.attache.permissions;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which role a call belongs to. All calls of a process with one role belong to it. In a process with all roles, the
 * client and the callers tell; where threads or batches hide the caller, nobody can, and the call belongs to any.
 */
final class Attribution {

    static final String WORKER = "worker";

    static final String PAGES = "pages";

    static final String CONSOLE = "console";

    /** Packages that only the console enters. */
    private static final Set<String> OF_CONSOLE =
            Set.of("console", "audit", "deadletters.redrive", "deadletters.dryrun", "story");

    /** Packages that only the worker enters, if the console did not: it runs handlers of the worker for dry runs. */
    private static final Set<String> OF_WORKER = Set.of("binder", "intake", "delivery", "sweep");

    /** Tests use beans of all roles, all roles check buckets and keys at start, and two sample queues. */
    private static final Set<String> NOBODYS = Set.of(RecordedCall.TEST, "operations", "queues.sampling");

    /** Clients that only one role has. */
    private static final Map<String, String> OWN_CLIENTS = Map.of(
            "AwsConfiguration sqs", WORKER,
            "SesTransportFactory sesv2", WORKER);

    /** Clients that several roles use. */
    private static final Set<String> SHARED_CLIENTS = Set.of(
            "S3AutoConfiguration s3",
            "PagesStorageConfiguration s3",
            "ConsoleSqsConfiguration sqs",
            "CloudWatchConfiguration cloudwatch",
            "AwsConfiguration sns",
            RecordedCall.CHANNEL,
            "LinkConfiguration sts",
            RecordedCall.SIGNER);

    private Attribution() {}

    /**
     * Empty if it may be any role of the process.
     *
     * @throws IllegalArgumentException for an unknown client
     */
    static Optional<String> role(RecordedCall call) {
        if (!OWN_CLIENTS.containsKey(call.client()) && !SHARED_CLIENTS.contains(call.client())) {
            throw new IllegalArgumentException(
                    "Nobody knows whose client '%s' is: add it to Attribution, and its operations to Operation"
                            .formatted(call.client()));
        }
        if (call.roles().size() == 1) {
            return call.roles().stream().findFirst();
        }
        return Optional.ofNullable(OWN_CLIENTS.get(call.client()))
                .or(() -> caller(call))
                .filter(call.roles()::contains);
    }

    private static Optional<String> caller(RecordedCall call) {
        if (OF_CONSOLE.stream().anyMatch(call::isCalledFrom)) {
            return Optional.of(CONSOLE);
        }
        if (call.isCalledFrom("gateway")) {
            return Optional.of(PAGES);
        }
        if (OF_WORKER.stream().anyMatch(call::isCalledFrom)) {
            return Optional.of(WORKER);
        }
        if (NOBODYS.stream().anyMatch(call::isCalledFrom)) {
            return Optional.empty();
        }
        return switch (call.client()) {
            case "S3AutoConfiguration s3" -> Optional.of(WORKER);
            case "ConsoleSqsConfiguration sqs" -> Optional.of(CONSOLE);
            default -> Optional.empty();
        };
    }
}
