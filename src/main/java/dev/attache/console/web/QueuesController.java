package dev.attache.console.web;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.Operator;
import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: queues, and pausing their inputs. */
@ConsoleController
class QueuesController {

    private static final String TEMPLATE = "queues";

    /** Those with messages; each part in the order of before. */
    private static final Comparator<QueueRow> NEEDED_FIRST = Comparator.comparing(QueueRow::isEmpty);

    private static final URI QUEUES = URI.create("/ops");

    private final ConsolePages pages;

    private final QueueMonitor monitor;

    private final QueueWords words;

    private final QueuePauses pauses;

    QueuesController(ConsolePages pages, QueueMonitor monitor, QueueWords words, QueuePauses pauses) {
        this.pages = pages;
        this.monitor = monitor;
        this.words = words;
        this.pauses = pauses;
    }

    @GetMapping("/ops")
    String queues(Operator operator) {
        return pages.page(TEMPLATE, "Queues", operator, model());
    }

    /** What changes, for a page that is open. */
    @GetMapping("/ops/queues/live")
    String live(Operator operator) {
        return pages.fragment(TEMPLATE, "live", operator, model());
    }

    @GetMapping("/ops/queues/{queue}/pause")
    String pause(Operator operator, @PathVariable String queue) {
        pauses.requireInput(queue);
        return pages.page("pause", "Pause " + queue, operator, Map.of("queue", queue));
    }

    @PostMapping("/ops/queues/{queue}/pause")
    ResponseEntity<Void> pause(Operator operator, @PathVariable String queue, @RequestParam String reason) {
        pauses.pause(queue, operator, reason);
        return toQueues();
    }

    @PostMapping("/ops/queues/{queue}/resume")
    ResponseEntity<Void> resume(Operator operator, @PathVariable String queue) {
        pauses.resume(queue, operator);
        return toQueues();
    }

    private static ResponseEntity<Void> toQueues() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(QUEUES).build();
    }

    private Map<String, Object> model() {
        List<QueueState> states = monitor.states();
        Map<String, Depth> depths = new HashMap<>();
        Map<String, String> breakers = new TreeMap<>();
        states.forEach(state -> {
            if (state.depth() != null) {
                depths.put(state.queue().name(), state.depth());
            }
            if (state.input() != null) {
                breakers.putAll(state.input().breakers());
            }
        });
        Map<String, Object> model = new HashMap<>();
        model.put("summary", words.summary(states));
        model.put("inputs", rows(states, queue -> !queue.holdsDeadLetters(), depths));
        model.put(
                "others",
                rows(states, KnownQueue::holdsDeadLetters, depths).stream()
                        .sorted(NEEDED_FIRST)
                        .toList());
        model.put("breakers", breakers);
        model.put(
                "at",
                states.stream().map(QueueState::at).max(Instant::compareTo).orElse(null));
        return model;
    }

    private List<QueueRow> rows(List<QueueState> states, Predicate<KnownQueue> shown, Map<String, Depth> depths) {
        return states.stream()
                .filter(state -> shown.test(state.queue()))
                .map(state -> QueueRow.of(state, words.state(state), depths))
                .toList();
    }
}
