package dev.attache.console.web;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.Operator;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: queues. */
@ConsoleController
class QueuesController {

    private final ConsolePages pages;

    QueuesController(ConsolePages pages) {
        this.pages = pages;
    }

    @GetMapping("/ops")
    String queues(Operator operator) {
        return pages.page("queues", "Queues", operator, Map.of());
    }
}
