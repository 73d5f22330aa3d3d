package dev.attache.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * The one AWS of a test run, chosen by {@code -Daws=embedded}, {@code localstack} or {@code external}. It starts when
 * first asked for and stops after the worker has stopped, at the end of the JVM: were it to stop with the tests, a
 * worker that is still polling would fill the log with refused connections.
 */
public final class TestAws {

    private static final Logger LOG = LoggerFactory.getLogger(TestAws.class);

    private static final AwsUnderTest CHOICE = AwsUnderTest.named(System.getProperty("aws", "embedded"));

    private TestAws() {}

    /** The choice; asking does not start it. */
    public static AwsUnderTest choice() {
        return CHOICE;
    }

    /** The running AWS and mailbox. The clients are shared: do not close them. */
    public static Surroundings surroundings() {
        return Started.SURROUNDINGS;
    }

    private static Surroundings start() {
        var running = CHOICE.start();
        SpringApplication.getShutdownHandlers().add(() -> {
            try {
                running.stop().close();
            } catch (Exception failed) {
                LOG.warn("The AWS under test did not stop: {}", failed.toString());
            }
        });
        return running.surroundings();
    }

    /** Loaded, and so started, by the first who asks. */
    private static final class Started {

        static final Surroundings SURROUNDINGS = start();
    }
}
