package dev.attache.queues.pause;

import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueReference;
import dev.attache.queues.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.core.MessageProducer;
import org.springframework.integration.core.Pausable;

/**
 * Pauses and resumes this worker's inputs as the {@link PauseFlags} say. It resumes only what it has paused: an input
 * that an operator has paused by hand on this worker stays paused.
 *
 * <p>The flags are read before the inputs start, and an input that is paused starts paused: it receives nothing in
 * between.
 */
final class PauseWatcher implements SmartLifecycle, ConsumerEndpointCustomizer<MessageProducer> {

    private static final Logger log = LoggerFactory.getLogger(PauseWatcher.class);

    private final LedgerPauseFlags flags;

    /** The names of the bindings, by the name of the queue that each receives from. */
    private final Map<String, List<String>> inputs;

    private final Function<String, List<Binding<?>>> bindings;

    private final Rounds rounds;

    /** The names of the bindings that this watcher has paused. */
    private final Set<String> pausedHere = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean firstRead = new AtomicBoolean();

    /**
     * @param inputs the names of the bindings of each queue
     * @param bindings finds a binding by its name; empty before it was bound
     * @param interval the pause between two reads of the flags
     */
    PauseWatcher(
            LedgerPauseFlags flags,
            Map<String, List<String>> inputs,
            Function<String, List<Binding<?>>> bindings,
            Duration interval) {
        this.flags = flags;
        this.inputs = Map.copyOf(inputs);
        this.bindings = bindings;
        this.rounds = new Rounds("watcher of paused inputs", this::check, interval);
    }

    /** Reads the flags and applies them. */
    void check() {
        flags.refresh();
        apply();
    }

    /** Pauses and resumes the inputs as the flags said when they were last read. */
    synchronized void apply() {
        Set<String> paused = flags.all().keySet();
        inputs.forEach((queue, names) -> names.forEach(name -> {
            if (paused.contains(queue)) {
                bindings.apply(name).forEach(binding -> pause(queue, name, binding));
            } else if (pausedHere.remove(name)) {
                bindings.apply(name).forEach(Binding::resume);
                log.info("The input of {} is no longer paused on all workers", queue);
            }
        }));
    }

    private void pause(String queue, String name, Binding<?> binding) {
        if (binding.isPaused()) {
            return;
        }
        binding.pause();
        if (pausedHere.add(name)) {
            log.info("The input of {} is paused on all workers", queue);
        }
    }

    /** Called when an input is created, before it starts. The first call reads the flags. */
    @Override
    public void configure(MessageProducer input, String destination, String group) {
        if (firstRead.compareAndSet(false, true)) {
            flags.refresh();
        }
        String queue = QueueReference.of(destination).name();
        if (flags.all().containsKey(queue) && input instanceof Pausable pausable) {
            pausable.pause();
            pausedHere.addAll(inputs.getOrDefault(queue, List.of()));
            log.info("The input of {} starts paused, as on all workers", queue);
        }
    }

    @Override
    public void start() {
        flags.onChange(this::apply);
        rounds.start(true);
    }

    @Override
    public void stop() {
        flags.onChange(() -> {});
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    /** After the inputs. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
