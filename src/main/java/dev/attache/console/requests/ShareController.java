package dev.attache.console.requests;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.console.requests.RequestActions.Refused;
import dev.attache.contract.value.RejectedException;
import dev.attache.story.LinkRequest;
import dev.attache.story.LinkRequests;
import dev.attache.story.LinkRequests.Preview;
import dev.attache.story.SharedObjects;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages on which an operator sends a link by hand: choose a file, fill in the form, look at it, send it. */
@ConsoleController
class ShareController {

    private static final List<Duration> LIFETIMES = Stream.concat(
                    Stream.of(1, 12).map(Duration::ofHours),
                    Stream.of(1, 3, 7, 14, 30, 60, 90).map(Duration::ofDays))
            .toList();

    private final LinkRequests links;

    private final SharedObjects objects;

    private final RequestActions actions;

    private final ConsolePages pages;

    ShareController(LinkRequests links, SharedObjects objects, RequestActions actions, ConsolePages pages) {
        this.links = links;
        this.objects = objects;
        this.actions = actions;
        this.pages = pages;
    }

    /**
     * Without a key, the files that the source may link to; with one, the form.
     *
     * @param prefix the folder to list
     */
    @GetMapping("/ops/share")
    String show(
            Operator operator,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String bucket,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String after) {
        if (!key.isBlank() && objects.sources().contains(source)) {
            return form(operator, ShareForm.empty(source, subject.strip(), bucket.strip(), key.strip()), "");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("sources", objects.sources());
        model.put("source", source);
        model.put("subject", subject);
        model.put("bucket", bucket);
        model.put("prefix", prefix);
        model.put("places", null);
        model.put("folder", null);
        model.put("obstacle", "");
        if (objects.sources().contains(source)) {
            String about = subject.isBlank() ? null : subject.strip();
            model.put("places", objects.places(source, about));
            model.put("obstacle", links.obstacle(source).orElse(""));
            if (!prefix.isBlank()) {
                model.put("folder", objects.list(source, about, bucket, prefix, RequestViews.filled(after)));
            }
        }
        return pages.page("requests/files", "Send a link", operator, model);
    }

    private String form(Operator operator, ShareForm form, String problem) {
        String source = ShareForm.text(form.source());
        if (!objects.sources().contains(source)) {
            throw new ConsoleProblem(HttpStatus.NOT_FOUND, "There is no such source", "");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("form", form);
        model.put("problem", problem);
        model.put("obstacle", links.obstacle(source).orElse(""));
        model.put("withPage", links.hasPages(source));
        model.put("lifetimes", lifetimes(source));
        return pages.page("requests/share", "Send a link", operator, model);
    }

    /** The lifetimes that the source may ask for, by their text. */
    private Map<String, String> lifetimes(String source) {
        LinkRequests.Lifetimes limits = links.lifetimes(source);
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", "the source’s default, " + text(limits.usual()));
        LIFETIMES.stream()
                .filter(it -> it.compareTo(limits.shortest()) >= 0 && it.compareTo(limits.longest()) <= 0)
                .forEach(it -> choices.put(it.toString(), text(it)));
        return choices;
    }

    private static String text(Duration duration) {
        long days = duration.toDays();
        if (days > 0 && duration.equals(Duration.ofDays(days))) {
            return days == 1 ? "1 day" : days + " days";
        }
        long hours = duration.toHours();
        if (hours > 0 && duration.equals(Duration.ofHours(hours))) {
            return hours == 1 ? "1 hour" : hours + " hours";
        }
        return duration.toMinutes() + " minutes";
    }

    /** Shows what would be sent, or why it would be rejected. Sends nothing. */
    @PostMapping("/ops/share/preview")
    ResponseEntity<String> preview(Operator operator, @ModelAttribute ShareForm form) {
        LinkRequest link;
        try {
            link = form.link();
        } catch (IllegalArgumentException e) {
            return refused(form(operator, form, String.valueOf(e.getMessage())));
        }
        return switch (links.preview(link)) {
            case Preview.Rejected(String code, String reason) -> refused(form(operator, form, code + ": " + reason));
            case Preview.Accepted accepted -> {
                Map<String, Object> model = new HashMap<>();
                model.put("form", form);
                model.put("link", link);
                model.put(
                        "lifetime",
                        lifetimes(link.source())
                                .getOrDefault(
                                        link.expiresIn() == null
                                                ? ""
                                                : link.expiresIn().toString(),
                                        "as asked"));
                model.put("object", accepted.object());
                model.put("event", accepted.event());
                model.put("note", accepted.note());
                yield ResponseEntity.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .body(pages.page("requests/preview", "Send this link?", operator, model));
            }
        };
    }

    /** The form again, as it was filled in. */
    @PostMapping("/ops/share/edit")
    String edit(Operator operator, @ModelAttribute ShareForm form) {
        return form(operator, form, "");
    }

    @PostMapping("/ops/share")
    ResponseEntity<String> send(Operator operator, @ModelAttribute ShareForm form) {
        LinkRequest link;
        try {
            link = form.link();
        } catch (IllegalArgumentException e) {
            return refused(form(operator, form, String.valueOf(e.getMessage())));
        }
        Optional<Refused> refused;
        try {
            refused = actions.share(operator, link);
        } catch (RejectedException e) {
            refused = Optional.of(new Refused(e.code().name(), e.detail()));
        }
        return refused.map(it -> refused(form(operator, form, it.code() + ": " + it.reason())))
                .orElseGet(() -> RequestActionsController.story(
                        link.source(),
                        link.id().toString(),
                        links.hasPages(link.source()) ? "" : link.address(),
                        "",
                        "shared"));
    }

    private static ResponseEntity<String> refused(String page) {
        return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                .contentType(MediaType.TEXT_HTML)
                .body(page);
    }
}
