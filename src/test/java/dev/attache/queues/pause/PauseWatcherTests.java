package dev.attache.queues.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.JsonRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.DefaultBinding;
import org.springframework.integration.core.Pausable;
import org.springframework.integration.endpoint.MessageProducerSupport;

class PauseWatcherTests {

    private final InMemoryS3 s3 = new InMemoryS3();

    private final LedgerPauseFlags flags = flags();

    private final Input mails = new Input();

    private final Input requests = new Input();

    private final DefaultBinding<Object> mailBinding = new DefaultBinding<>("mails", new Object(), mails);

    private final DefaultBinding<Object> requestBinding = new DefaultBinding<>("requests", new Object(), requests);

    private final PauseWatcher watcher = watcher(flags);

    /** Another worker's. */
    private final LedgerPauseFlags elsewhere = flags();

    private LedgerPauseFlags flags() {
        return new LedgerPauseFlags(
                new JsonRecords<>(
                        new ConditionalObjects(s3, "bucket", attempt -> {}),
                        PausedInputs.class,
                        PausedInputs.NONE,
                        attempt -> {}),
                "ledger/console/paused.json",
                Set.of("mails", "requests"),
                Clock.systemUTC());
    }

    private PauseWatcher watcher(LedgerPauseFlags of) {
        return new PauseWatcher(
                of,
                Map.of("mails", List.of("mail-in-0"), "requests", List.of("request-in-0")),
                name -> List.of(name.startsWith("mail") ? mailBinding : requestBinding),
                Duration.ofHours(1));
    }

    private static final class Input extends MessageProducerSupport implements Pausable {

        private boolean paused;

        @Override
        protected void doStart() {}

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        @Override
        public boolean isPaused() {
            return paused;
        }
    }

    @BeforeEach
    void started() {
        mails.start();
        requests.start();
    }

    @Test
    void anInputIsPausedAndResumedAsAnotherWorkerHasRecordedIt() {
        elsewhere.pause("mails", "anna", "");
        watcher.check();
        assertThat(mails.isPaused()).isTrue();
        assertThat(requests.isPaused()).isFalse();

        elsewhere.resume("mails", "anna");
        watcher.check();
        assertThat(mails.isPaused()).isFalse();
    }

    @Test
    void anInputThatWasPausedByHandStaysPausedAfterTheResume() {
        mailBinding.pause();
        elsewhere.pause("mails", "anna", "");
        watcher.check();

        elsewhere.resume("mails", "anna");
        watcher.check();

        assertThat(mails.isPaused()).isTrue();
    }

    @Test
    void anInputThatIsPausedByHandOnlyIsLeftAlone() {
        mailBinding.pause();

        watcher.check();
        watcher.check();

        assertThat(mails.isPaused()).isTrue();
    }

    @Test
    void anInputThatIsResumedByHandWhileItIsPausedOnAllWorkersIsPausedAgain() {
        elsewhere.pause("mails", "anna", "");
        watcher.check();
        mailBinding.resume();

        watcher.check();

        assertThat(mails.isPaused()).isTrue();
    }

    @Test
    void anInputThatWasPausedBeforeARestartStartsPausedAndCanBeResumed() {
        elsewhere.pause("mails", "anna", "");
        PauseWatcher restarted = watcher(flags());

        restarted.configure(mails, "mails", "anonymous");
        restarted.configure(requests, "arn:aws:sqs:eu-central-1:111122223333:requests", "anonymous");
        assertThat(mails.isPaused()).isTrue();
        assertThat(requests.isPaused()).isFalse();

        elsewhere.resume("mails", "anna");
        restarted.check();
        assertThat(mails.isPaused()).isFalse();
    }

    @Test
    void aPauseOfThisWorkerItselfAppliesAtOnce() {
        watcher.start();
        flags.pause("requests", "anna", "");

        assertThat(requests.isPaused()).isTrue();
        watcher.stop();
    }

    @Test
    void anUnreadableLedgerNeitherPausesNorResumes() {
        elsewhere.pause("mails", "anna", "");
        watcher.check();
        s3.objects.put("ledger/console/paused.json", new byte[] {'{'});

        watcher.check();

        assertThat(mails.isPaused()).isTrue();
        assertThat(requests.isPaused()).isFalse();
    }
}
