package dev.attache.binder.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Timers that differ in one tag. A registry would build and compare the tags at each lookup. */
final class KeptTimers {

    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    private final Function<String, Timer> create;

    /** @param create registers the timer with a value of the tag */
    KeptTimers(Function<String, Timer> create) {
        this.create = create;
    }

    /** @param since when it began, as {@link System#nanoTime} */
    void record(String value, long since) {
        Timer timer = timers.get(value);
        if (timer == null) {
            timer = timers.computeIfAbsent(value, create);
        }
        timer.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    }
}
