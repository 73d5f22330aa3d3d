package dev.attache.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

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

    /** A reserved port, and the seven of a sandbox. */
    private static final int BLOCK = 8;

    /**
     * The first port of each block that this JVM has chosen, bound until the JVM ends. The worker binds its ports
     * seconds after they were chosen; another JVM could otherwise choose and bind them in between.
     */
    private static final Queue<ServerSocket> RESERVATIONS = new ConcurrentLinkedQueue<>();

    /** The ports in the documentation. */
    public static Ports fixed() {
        return new Ports(9324, 9000, 9911, 3025, 3143, 8080, 8081);
    }

    /** Ports that are free now, and that no later call chooses, in this JVM or in another one that is still running. */
    public static Ports random() {
        int first = ThreadLocalRandom.current()
                .ints(0, (HIGHEST_RANDOM - LOWEST_RANDOM) / BLOCK)
                .map(block -> LOWEST_RANDOM + BLOCK * block)
                .filter(Ports::reserve)
                .filter(port -> IntStream.range(port + 1, port + BLOCK).allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow();
        return new Ports(first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
    }

    private static boolean reserve(int port) {
        try {
            RESERVATIONS.add(bind(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
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
        try (var socket = bind(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            // A connection of an earlier run in state TIME_WAIT must not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
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
