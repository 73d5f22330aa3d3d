package dev.attache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A core of this machine. If the machine is virtual, its host may run other machines on the core. */
record Core(int number) {

    /** Linux, proc(5): clock ticks, a hundred a second on all usual machines. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int STEAL = 8;

    /**
     * The time since the start of the machine for which the host ran other machines on the core (steal time), in
     * milliseconds.
     */
    long stolenMillis() {
        try {
            return Files.readAllLines(Path.of("/proc/stat")).stream()
                            .filter(line -> line.startsWith("cpu" + number + " "))
                            .mapToLong(line -> Long.parseLong(line.split(" ")[STEAL]))
                            .findFirst()
                            .orElse(0)
                    * MILLIS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
