package dev.attache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A core of this machine, which a host may lend to other machines too. */
record Core(int number) {

    /** Linux, proc(5): clock ticks, of which every machine in use has a hundred a second. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int STEAL = 8;

    /** How long, in milliseconds since the machine started, others had it that this machine does not know. */
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
