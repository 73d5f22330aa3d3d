package dev.attache.console.access;

import dev.attache.encoding.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows guesses of passwords down. After some wrong passwords, the next one has to wait; the wait doubles up to a
 * limit. Counted are the attempts of a client for a name, and those of a client for all names. A name is never locked
 * for clients that have not failed, so nobody can lock an operator out from elsewhere; but while many clients fail for
 * a name, each client has a single attempt before it has to wait.
 *
 * <p>An attempt counts as failed from its begin until it has succeeded, so attempts at the same time do not pass
 * together. Attempts that were refused do not count. Each map keeps the most recent entries only.
 */
final class SignInAttempts {

    /** Attempts of one client for one name without a wait. */
    static final int FREE = 5;

    /** Attempts of one client for all names without a wait. */
    static final int FREE_OF_CLIENT = 20;

    /** Failures for one name, of all clients, from which each client has one attempt without a wait. */
    static final int UNDER_ATTACK = 50;

    static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /** After this time without a failure, none counts any more. */
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final int REMEMBERED = 10_000;

    private final LongSupplier nanoTime;

    /** All three are guarded by {@code this}. */
    private final Map<String, Failures> pairs = recent();

    private final Map<String, Failures> clients = recent();

    private final Map<String, Failures> names = recent();

    /** @param nanoTime a monotonic time with any origin, such as {@link System#nanoTime} */
    SignInAttempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Attempts that have failed or not ended yet.
     *
     * @param last when the last one began
     * @param before what {@code last} was before, and is again if the last one succeeds
     */
    private record Failures(int count, long last, long before) {}

    /**
     * Begins an attempt.
     *
     * @return zero if the password may be checked; otherwise the time until the next attempt is allowed
     */
    synchronized Duration begin(String name, String client) {
        long now = nanoTime.getAsLong();
        String hash = Sha256.hex(name);
        String pair = client + " " + hash;
        boolean underAttack = count(names.get(hash), now) >= UNDER_ATTACK;
        Duration wait =
                max(wait(pairs.get(pair), underAttack ? 1 : FREE, now), wait(clients.get(client), FREE_OF_CLIENT, now));
        if (wait.isZero()) {
            change(pairs, pair, 1, now);
            change(clients, client, 1, now);
            change(names, hash, 1, now);
        }
        return wait;
    }

    /** The password of the attempt was right. */
    synchronized void succeeded(String name, String client) {
        long now = nanoTime.getAsLong();
        String hash = Sha256.hex(name);
        pairs.remove(client + " " + hash);
        change(clients, client, -1, now);
        change(names, hash, -1, now);
    }

    private static Duration wait(@Nullable Failures failures, int free, long now) {
        int count = count(failures, now);
        if (failures == null || count < free) {
            return Duration.ZERO;
        }
        // The shift is bounded, because the wait is.
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - free, 20));
        Duration rest = (wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).minusNanos(now - failures.last());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private static int count(@Nullable Failures failures, long now) {
        return failures == null || now - failures.last() > FORGOTTEN_AFTER.toNanos() ? 0 : failures.count();
    }

    private static void change(Map<String, Failures> all, String key, int change, long now) {
        Failures known = all.get(key);
        int count = Math.max(0, count(known, now) + change);
        if (known == null) {
            all.put(key, new Failures(count, now, now));
        } else {
            // A success is no failure: the next right password of this client need not wait because of it.
            all.put(
                    key,
                    change > 0
                            ? new Failures(count, now, known.last())
                            : new Failures(count, known.before(), known.before()));
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Map<String, Failures> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
