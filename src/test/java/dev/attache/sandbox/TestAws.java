package dev.attache.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * The AWS of a test run, chosen with {@code -Daws=embedded}, {@code localstack} or {@code external}. It starts at the
 * first use, and stops at the end of the JVM, after the worker: a worker that still polls would log every refused
 * connection.
 */
public final class TestAws {

    private static final Logger LOG = LoggerFactory.getLogger(TestAws.class);

    private static final AwsUnderTest CHOICE = AwsUnderTest.named(System.getProperty("aws", "embedded"));

    private TestAws() {}

    /** The choice. This does not start it. */
    public static AwsUnderTest choice() {
        return CHOICE;
    }

    /** The running AWS and mailbox. The clients are shared: do not close them. */
    public static Surroundings surroundings() {
        return Started.SURROUNDINGS;
    }

    /**
     * Starts an AWS of the chosen kind for one test or class, which closes it: its queues, topics and buckets are not
     * those of {@link #surroundings()}. There are none at first. Only for tests with {@link DedicatedAwsTest}.
     */
    public static AwsUnderTest.Running dedicated() {
        return CHOICE.start();
    }

    private static Surroundings start() {
        var running = CHOICE.start();
        running.provision();
        SpringApplication.getShutdownHandlers().add(() -> {
            try {
                running.close();
            } catch (RuntimeException failed) {
                LOG.warn("The AWS under test did not stop: {}", failed.toString());
            }
        });
        return running.surroundings();
    }

    /** The JVM loads this class at the first use, which starts the AWS. */
    private static final class Started {

        static final Surroundings SURROUNDINGS = start();
    }
}
