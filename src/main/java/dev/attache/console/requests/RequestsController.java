package dev.attache.console.requests;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.Operator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages that find requests and tell their story. */
@ConsoleController
class RequestsController {

    private final RequestViews views;

    private final ConsolePages pages;

    RequestsController(RequestViews views, ConsolePages pages) {
        this.views = views;
        this.pages = pages;
    }

    /**
     * The forms; with an id, the story of a request.
     *
     * @param source empty to try all sources
     * @param done what an operator has just done, to be confirmed on the page
     */
    @GetMapping("/ops/requests")
    String show(
            Operator operator,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String upload,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String done) {
        String requestId = id.strip();
        if (requestId.isEmpty()) {
            return forms(operator, Map.of());
        }
        List<String> sources = source.isBlank() ? views.sourcesOf(requestId, recipient) : List.of(source);
        if (sources.size() != 1) {
            return forms(operator, Map.of("id", requestId, "recipient", recipient, "sourcesOfId", sources));
        }
        StoryDocument story = views.story(operator, sources.getFirst(), requestId, recipient, upload, after);
        Map<String, Object> model = model(story, requestId, recipient, upload, after);
        model.put("done", done);
        return pages.page("requests/story", "Request " + requestId, operator, model);
    }

    /** The part of a story that is looked at again and again. */
    @GetMapping("/ops/requests/live")
    String live(
            Operator operator,
            @RequestParam String id,
            @RequestParam String source,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String upload,
            @RequestParam(defaultValue = "") String after) {
        StoryDocument story = views.story(operator, source, id, recipient, upload, after);
        return pages.fragment("requests/story", "live", operator, model(story, id, recipient, upload, after));
    }

    private static Map<String, Object> model(
            StoryDocument story, String id, String recipient, String upload, String after) {
        Map<String, Object> model = new HashMap<>();
        model.put("story", story);
        model.put("id", id);
        model.put("recipient", recipient);
        model.put("upload", upload);
        model.put("after", after);
        model.put("poll", poll(story));
        return model;
    }

    /** How often a page looks again; null for never: each look reads the ledger for each mail of the page. */
    private static @Nullable String poll(StoryDocument story) {
        if (story.isChanging()) {
            return "every 2s";
        }
        return story.isSmall() ? "every 10s" : null;
    }

    /** The mails and uploads of a recipient, or the uploads of a request whose recipient is not known. */
    @GetMapping("/ops/requests/search")
    String search(
            Operator operator,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "0") long mails,
            @RequestParam(defaultValue = "0") long records,
            @RequestParam(defaultValue = "") String after) {
        boolean ofRequest = !id.isBlank();
        if (!ofRequest && recipient.isBlank()) {
            return forms(operator, Map.of());
        }
        SearchDocument found = ofRequest
                ? views.uploadsOf(operator, source, id.strip(), after)
                : views.byRecipient(operator, recipient.strip(), after);
        Map<String, Object> model = new HashMap<>();
        model.put("found", found);
        model.put("recipient", recipient);
        model.put("source", source);
        model.put("id", id);
        model.put("mails", mails + found.mails());
        model.put("records", records + found.records());
        return pages.page(
                "requests/found", ofRequest ? "Uploads of a request" : "Mails to a recipient", operator, model);
    }

    /** The mails that lead to an object. */
    @GetMapping("/ops/requests/objects")
    String objects(
            Operator operator,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String bucket,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String after) {
        if (!views.hasIndex() || key.isBlank() || !views.sources().contains(source)) {
            return forms(operator, Map.of());
        }
        SearchDocument found = views.byObject(operator, source, bucket.strip(), key.strip(), after);
        Map<String, Object> model = new HashMap<>();
        model.put("found", found);
        model.put("source", source);
        model.put("bucket", bucket);
        model.put("key", key);
        return pages.page("requests/objects", "Mails about a file", operator, model);
    }

    private String forms(Operator operator, Map<String, Object> given) {
        Map<String, Object> model = new HashMap<>(Map.of("id", "", "recipient", "", "sourcesOfId", List.of()));
        model.put("tried", given.containsKey("sourcesOfId"));
        model.putAll(given);
        model.put("sources", views.sources());
        model.put("hasIndex", views.hasIndex());
        return pages.page("requests/search", "Requests", operator, model);
    }
}
