package dev.attache.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The TCP ports that a sandbox listens on.
 *
 * @param attache of the worker's pages
 * @param management of the worker's actuator
 */
public record Ports(int sqs, int s3, int sns, int smtp, int imap, int attache, int management) {

    private static final String OPTION = "--sandbox.ports=";

    // Below the range from which Linux chooses ports for outgoing connections: such a connection could otherwise use
    // a port that was just chosen here.
    private static final int LOWEST_RANDOM = 20_000;
    private static final int HIGHEST_RANDOM = 32_000;

    /**
     * Each JVM of a test run has its own range. The worker binds its ports seconds after they were chosen; another JVM
     * could otherwise choose and bind them in between.
     */
    private static final int RANGES = 8;

    /** The ports in the documentation. */
    public static Ports fixed() {
        return new Ports(9324, 9000, 9911, 3025, 3143, 8080, 8081);
    }

    /** Ports that are free now. */
    public static Ports random() {
        int size = (HIGHEST_RANDOM - LOWEST_RANDOM) / RANGES;
        int lowest = LOWEST_RANDOM + size * (Integer.getInteger("test.fork", 0) % RANGES);
        var free = ThreadLocalRandom.current()
                .ints(lowest, lowest + size)
                .distinct()
                .filter(Ports::isFree)
                .limit(7)
                .toArray();
        return new Ports(free[0], free[1], free[2], free[3], free[4], free[5], free[6]);
    }

    /**
     * The ports for the options on a command line.
     *
     * @throws IllegalArgumentException if {@code --sandbox.ports} is neither {@code fixed} nor {@code random}
     */
    public static Ports from(String... arguments) {
        var choice = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(OPTION))
                .findFirst()
                .map(argument -> argument.substring(OPTION.length()))
                .orElse("fixed");
        return switch (choice) {
            case "fixed" -> fixed();
            case "random" -> random();
            default ->
                throw new IllegalArgumentException(
                        "--sandbox.ports is %s, but only fixed and random are known".formatted(choice));
        };
    }

    /**
     * Checks all ports before anything is started: an ElasticMQ that cannot bind its port would keep the JVM running.
     *
     * @throws PortTakenException with the first port that is in use
     */
    void requireFree() {
        byPurpose().forEach((purpose, port) -> {
            if (!isFree(port)) {
                throw new PortTakenException(port, purpose);
            }
        });
    }

    private Map<String, Integer> byPurpose() {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("SQS (ElasticMQ)", sqs);
        ports.put("S3 (S3Proxy)", s3);
        ports.put("SNS", sns);
        ports.put("SMTP (GreenMail)", smtp);
        ports.put("IMAP (GreenMail)", imap);
        ports.put("Attaché's pages", attache);
        ports.put("Attaché's actuator", management);
        return ports;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // A connection of an earlier run in state TIME_WAIT must not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** A port that the sandbox needs is in use. The message is printed. */
    public static final class PortTakenException extends RuntimeException {

        PortTakenException(int port, String purpose) {
            super(("Port %d, which the sandbox needs for %s, is taken: stop what listens there, "
                            + "or start with --sandbox.ports=random.")
                    .formatted(port, purpose));
        }
    }
}
