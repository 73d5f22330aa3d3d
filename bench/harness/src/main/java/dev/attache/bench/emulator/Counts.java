package dev.attache.bench.emulator;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls by name, and publications. */
final class Counts {

    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    private final BitSet published = new BitSet();

    private long publications;

    private long distinct;

    private long firstReceive;

    void call(String name) {
        if (firstReceive == 0 && name.equals("ReceiveMessage")) {
            firstReceive = System.currentTimeMillis();
        }
        calls.computeIfAbsent(name, missing -> new LongAdder()).increment();
    }

    /** @param number the number of the message that it follows from, or of its recipient */
    synchronized void published(int number) {
        publications++;
        if (!published.get(number)) {
            published.set(number);
            distinct++;
        }
        notifyAll();
    }

    synchronized void awaitPublished(int number) throws InterruptedException {
        while (!published.get(number)) {
            wait();
        }
    }

    /** Counts all later publications as new, also those with a number that was published before. */
    synchronized void forgetPublished() {
        published.clear();
    }

    synchronized Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        calls.forEach((name, count) -> all.put(name, count.sum()));
        all.put("publications", publications);
        all.put("distinct", distinct);
        all.put("firstReceive", firstReceive);
        return all;
    }
}
