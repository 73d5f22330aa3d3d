package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that AWS refuses this worker at the moment, whatever the message: the cause of the alarm
 * {@code access-denied}. Each kind of call is logged once, with the fix, and again when it is allowed. A refusal
 * expires if the call is not repeated.
 */
final class RefusedCalls {

    /** A refused call that is still needed is repeated much sooner. */
    static final Duration EXPIRES_AFTER = Duration.ofMinutes(15);

    /**
     * A call may be allowed for some objects and refused for others. Its refusal ends when it has not been refused for
     * this time.
     */
    static final Duration QUIET = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(RefusedCalls.class);

    private final Clock clock;

    private final Map<AwsCall, Refusal> refusals = new ConcurrentHashMap<>();

    RefusedCalls(Clock clock) {
        this.clock = clock;
    }

    /**
     * A kind of call that is refused.
     *
     * @param code the code of the last refusal
     * @param since when it was first refused
     * @param last when it was last refused
     * @param allowed whether the call has been allowed since the last refusal
     */
    record Refusal(AwsCall call, String code, AwsErrorKind why, Instant since, Instant last, boolean allowed) {

        boolean isOver(Instant now) {
            return allowed && !last.plus(QUIET).isAfter(now);
        }

        /** The fix, for operators. */
        String fix() {
            return switch (why) {
                case CREDENTIALS -> "renew the worker's credentials, and check its clock";
                case KEY ->
                    "allow the worker to use the KMS key (kms:Decrypt, and kms:GenerateDataKey to write), and check"
                            + " that the key is enabled";
                case RESOURCE -> "create it again, or correct the setting that names it";
                case PERMISSION, SERVICE, REQUEST ->
                    "allow " + call
                            + " in the policy of the worker's role, and in the policy of the resource if it has one";
            };
        }
    }

    /** @param why a kind that is about this worker */
    void refused(AwsCall call, AwsErrorKind why, String code) {
        AwsCall kind = why == AwsErrorKind.CREDENTIALS ? call.anyOfService() : call;
        Instant now = clock.instant();
        Refusal before = refusals.get(kind);
        Refusal refusal = new Refusal(kind, code, why, before == null ? now : before.since(), now, false);
        if (refusals.put(kind, refusal) == null) {
            log.error(
                    "ALARM AWS refuses this worker {}: {}. Messages that need it stay in flight. To fix it, {}",
                    kind,
                    code,
                    refusal.fix());
        }
    }

    void allowed(AwsCall call) {
        if (!refusals.isEmpty()) {
            markAllowed(call);
            markAllowed(call.anyOfService());
        }
    }

    private void markAllowed(AwsCall call) {
        refusals.computeIfPresent(
                call,
                (same, refusal) ->
                        new Refusal(same, refusal.code(), refusal.why(), refusal.since(), refusal.last(), true));
        removeEnded();
    }

    private void removeEnded() {
        Instant now = clock.instant();
        refusals.values().stream()
                .filter(refusal -> refusal.isOver(now))
                .filter(refusal -> refusals.remove(refusal.call(), refusal))
                .forEach(refusal -> log.info(
                        "AWS allows this worker {} again, after {} s",
                        refusal.call(),
                        Duration.between(refusal.since(), now).toSeconds()));
    }

    /** In the order in which they began. */
    List<Refusal> now() {
        removeEnded();
        Instant oldest = clock.instant().minus(EXPIRES_AFTER);
        refusals.values().removeIf(refusal -> refusal.last().isBefore(oldest));
        return refusals.values().stream()
                .sorted((one, other) -> one.since().compareTo(other.since()))
                .toList();
    }
}
