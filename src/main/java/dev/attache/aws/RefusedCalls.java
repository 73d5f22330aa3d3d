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
 * What AWS refuses this worker at present, whatever the message: the reason for the alarm {@code access-denied}. Each
 * kind of call is logged once, with the fix, and once more when it is allowed again. One that is not made any more is
 * forgotten after a while.
 */
final class RefusedCalls {

    /** Whoever needs a refused call makes it again much sooner. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    /**
     * A call that is allowed for some objects and refused for others, or by some of AWS's servers, is refused until it
     * has not been for so long.
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
     * @param code AWS's, of the last time
     * @param since when it was refused first
     * @param last when it was refused last
     * @param allowed whether it has been allowed since
     */
    record Refusal(AwsCall call, String code, AwsErrorKind why, Instant since, Instant last, boolean allowed) {

        boolean isOver(Instant now) {
            return allowed && !last.plus(QUIET).isAfter(now);
        }

        /** What operators can do. */
        String fix() {
            return switch (why) {
                case CREDENTIALS -> "renew the worker's credentials, and see that its clock is right";
                case KEY ->
                    "let the worker use the KMS key (kms:Decrypt, and kms:GenerateDataKey to write), and see that it"
                            + " is enabled";
                case RESOURCE -> "create it again, or correct the setting that names it";
                case PERMISSION, SERVICE, REQUEST ->
                    "allow " + call + " in the policy of the worker's role, and in the resource's own where it has one";
            };
        }
    }

    /** @param why one of those that are about the worker */
    void refused(AwsCall call, AwsErrorKind why, String code) {
        AwsCall kind = why == AwsErrorKind.CREDENTIALS ? call.anyOfService() : call;
        Instant now = clock.instant();
        Refusal before = refusals.get(kind);
        Refusal refusal = new Refusal(kind, code, why, before == null ? now : before.since(), now, false);
        if (refusals.put(kind, refusal) == null) {
            log.error(
                    "ALARM AWS refuses this worker {}: {}. Messages that need it are kept. To fix it, {}",
                    kind,
                    code,
                    refusal.fix());
        }
    }

    void allowed(AwsCall call) {
        if (!refusals.isEmpty()) {
            forget(call);
            forget(call.anyOfService());
        }
    }

    private void forget(AwsCall call) {
        refusals.computeIfPresent(
                call,
                (same, refusal) ->
                        new Refusal(same, refusal.code(), refusal.why(), refusal.since(), refusal.last(), true));
        forgetThoseThatAreOver();
    }

    private void forgetThoseThatAreOver() {
        Instant now = clock.instant();
        refusals.values().stream()
                .filter(refusal -> refusal.isOver(now))
                .filter(refusal -> refusals.remove(refusal.call(), refusal))
                .forEach(refusal -> log.info(
                        "AWS allows this worker {} again, after {} s",
                        refusal.call(),
                        Duration.between(refusal.since(), now).toSeconds()));
    }

    /** In the order of their beginning. */
    List<Refusal> now() {
        forgetThoseThatAreOver();
        Instant oldest = clock.instant().minus(FORGOTTEN_AFTER);
        refusals.values().removeIf(refusal -> refusal.last().isBefore(oldest));
        return refusals.values().stream()
                .sorted((one, other) -> one.since().compareTo(other.since()))
                .toList();
    }
}
