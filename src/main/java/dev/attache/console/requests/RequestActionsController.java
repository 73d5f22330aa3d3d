package dev.attache.console.requests;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.console.requests.RequestActions.Links;
import dev.attache.console.requests.RequestActions.Refused;
import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.story.RequestChanges;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The pages on which an operator confirms an action, and the actions. */
@ConsoleController
class RequestActionsController {

    private static final List<Duration> EXTENSIONS =
            Stream.of(1, 3, 7, 14, 30, 60, 90).map(Duration::ofDays).toList();

    private final RequestActions actions;

    private final RequestViews views;

    private final RequestChanges changes;

    private final ConsolePages pages;

    private final Clock clock;

    RequestActionsController(
            RequestActions actions, RequestViews views, RequestChanges changes, ConsolePages pages, Clock clock) {
        this.actions = actions;
        this.views = views;
        this.changes = changes;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/ops/requests/revoke")
    String confirmRevoke(
            Operator operator,
            @RequestParam String source,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String delivery) {
        return confirm(operator, "revoke", source, id, delivery, "");
    }

    @GetMapping("/ops/requests/extend")
    String confirmExtend(
            Operator operator,
            @RequestParam String source,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String delivery) {
        return confirm(operator, "extend", source, id, delivery, "");
    }

    private String confirm(
            Operator operator, String action, String source, String id, String delivery, String problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("source", source);
        model.put("id", id);
        model.put("delivery", delivery);
        model.put(
                "recipient", delivery.isEmpty() ? "" : known(operator, delivery).recipient());
        model.put("change", UUID.randomUUID());
        model.put("problem", problem);
        model.put("days", action.equals("extend") ? days(source) : List.of());
        return pages.page(
                "requests/" + action, action.equals("extend") ? "Extend links" : "Revoke links", operator, model);
    }

    private DeliveryDocument known(Operator operator, String delivery) {
        return views.delivery(operator, delivery)
                .orElseThrow(() ->
                        new ConsoleProblem(HttpStatus.NOT_FOUND, "The ledger has no download page of this mail", ""));
    }

    /** How many days links of a source can be extended by. */
    private List<Long> days(String source) {
        try {
            Duration longest = changes.longestExtension(source);
            return EXTENSIONS.stream()
                    .filter(days -> days.compareTo(longest) <= 0)
                    .map(Duration::toDays)
                    .toList();
        } catch (RejectedException e) {
            throw new ConsoleProblem(HttpStatus.NOT_FOUND, e.detail(), "");
        }
    }

    @PostMapping("/ops/requests/revoke")
    ResponseEntity<String> revoke(
            Operator operator,
            @RequestParam String source,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String delivery,
            @RequestParam UUID change) {
        Optional<Refused> refused = actions.revoke(operator, links(source, id, delivery), change);
        return refused.map(it -> refused(confirm(operator, "revoke", source, id, delivery, text(it))))
                .orElseGet(() -> story(source, id, "", "", "revoked"));
    }

    /** @param days how many days from now the links shall expire */
    @PostMapping("/ops/requests/extend")
    ResponseEntity<String> extend(
            Operator operator,
            @RequestParam String source,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String delivery,
            @RequestParam UUID change,
            @RequestParam int days) {
        Optional<Refused> refused = actions.extend(
                operator, links(source, id, delivery), clock.instant().plus(Duration.ofDays(days)), change);
        return refused.map(it -> refused(confirm(operator, "extend", source, id, delivery, text(it))))
                .orElseGet(() -> story(source, id, "", "", "extended"));
    }

    private static Links links(String source, String id, String delivery) {
        Optional<DeliveryKey> key = DeliveryKey.ofPath(delivery);
        if (!delivery.isEmpty() && key.isEmpty()) {
            throw new ConsoleProblem(HttpStatus.BAD_REQUEST, "The name of the delivery is not valid", "");
        }
        return new Links(source, id, key);
    }

    /** Of a mail with a download page, or of an upload. */
    @GetMapping("/ops/requests/resend")
    String confirmResend(
            Operator operator,
            @RequestParam(defaultValue = "") String delivery,
            @RequestParam(defaultValue = "") String upload) {
        return confirmResend(operator, delivery, upload, "");
    }

    private String confirmResend(Operator operator, String delivery, String upload, String problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", problem);
        model.put("delivery", delivery);
        model.put("upload", upload);
        if (upload.isEmpty()) {
            DeliveryDocument mail = known(operator, delivery);
            model.put("mail", mail);
            model.put("seen", mail.newLinks());
        } else {
            UploadDocument asked = views.upload(operator, upload)
                    .orElseThrow(() -> new ConsoleProblem(HttpStatus.NOT_FOUND, "There is no such upload", ""));
            model.put("asked", asked);
            model.put("seen", asked.resent());
        }
        return pages.page("requests/resend", "Send a mail again", operator, model);
    }

    /** @param seen how many mails were sent again before, as the operator has seen */
    @PostMapping("/ops/requests/resend")
    ResponseEntity<String> resend(
            Operator operator,
            @RequestParam(defaultValue = "") String delivery,
            @RequestParam(defaultValue = "") String upload,
            @RequestParam int seen) {
        if (!upload.isEmpty()) {
            UUID id = RequestViews.uuid(upload)
                    .orElseThrow(() -> new ConsoleProblem(HttpStatus.NOT_FOUND, "There is no such upload", ""));
            Optional<Refused> refused = actions.resendUpload(operator, id, seen + 1);
            return refused.map(it -> refused(confirmResend(operator, "", upload, text(it))))
                    .orElseGet(() -> views.upload(operator, upload)
                            .map(it -> story(it.source(), it.requestId(), "", upload, "resent"))
                            .orElseThrow());
        }
        DeliveryDocument mail = known(operator, delivery);
        Optional<Refused> refused =
                actions.resend(operator, DeliveryKey.ofPath(delivery).orElseThrow(), seen);
        return refused.map(it -> refused(confirmResend(operator, delivery, "", text(it))))
                .orElseGet(() -> story(mail.source(), mail.requestId(), "", "", "resent"));
    }

    private static String text(Refused refused) {
        return refused.code() + ": " + refused.reason();
    }

    private static ResponseEntity<String> refused(String page) {
        return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                .contentType(MediaType.TEXT_HTML)
                .body(page);
    }

    /** Leads to the story, so that reloading it repeats nothing. */
    static ResponseEntity<String> story(String source, String id, String recipient, String upload, String done) {
        UriComponentsBuilder story = UriComponentsBuilder.fromPath("/ops/requests")
                .queryParam("source", "{source}")
                .queryParam("id", "{id}")
                .queryParam("done", "{done}");
        Map<String, String> values =
                Map.of("source", source, "id", id, "done", done, "recipient", recipient, "upload", upload);
        if (!recipient.isEmpty()) {
            story.queryParam("recipient", "{recipient}");
        }
        if (!upload.isEmpty()) {
            story.queryParam("upload", "{upload}");
        }
        URI location = story.encode().buildAndExpand(values).toUri();
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(location).build();
    }
}
