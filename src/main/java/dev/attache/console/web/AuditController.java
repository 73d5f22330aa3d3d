package dev.attache.console.web;

import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of the audit. */
@ConsoleController
class AuditController {

    private static final int ENTRIES = 50;

    /** As {@link AuditPage#older} is. */
    private static final Pattern CURSOR = Pattern.compile("[0-9]{8}/[0-9a-f.-]{1,60}\\.json");

    private final ConsolePages pages;

    private final AuditLog audit;

    AuditController(ConsolePages pages, AuditLog audit) {
        this.pages = pages;
        this.audit = audit;
    }

    @GetMapping("/ops/audit")
    String audit(
            Operator operator,
            @RequestParam(defaultValue = "") String containing,
            @RequestParam(required = false) @Nullable String older) {
        if (older != null && !CURSOR.matcher(older).matches()) {
            throw new ConsoleProblem(
                    HttpStatus.BAD_REQUEST, "This is no address of older entries", "Start with the newest.");
        }
        AuditPage page = audit.latest(ENTRIES, older, containing);
        Map<String, Object> model = new HashMap<>();
        model.put("entries", page.entries());
        model.put("older", page.older());
        model.put("notNewest", older != null);
        model.put("containing", containing);
        return pages.page("audit", "Audit", operator, model);
    }
}
