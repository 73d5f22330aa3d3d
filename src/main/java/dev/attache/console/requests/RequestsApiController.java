package dev.attache.console.requests;

import dev.attache.console.ConsoleController;
import dev.attache.console.Operator;
import dev.attache.console.api.ApiException;
import dev.attache.console.api.ApiProblem;
import dev.attache.console.requests.RequestActions.Links;
import dev.attache.console.requests.RequestActions.Refused;
import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Stories, searches and actions for scripts. */
@ConsoleController
class RequestsApiController {

    /** As in the contract of events: a longer one cannot be published in {@code link.revoked}. */
    private static final int LONGEST_ID = 256;

    private final RequestActions actions;

    private final RequestViews views;

    RequestsApiController(RequestActions actions, RequestViews views) {
        this.actions = actions;
        this.views = views;
    }

    /** Tells what the ledger knows about a request. Without a source, all sources are tried. */
    @GetMapping("/ops/api/requests")
    StoryDocument requestStory(
            Operator operator,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String recipient,
            @RequestParam(defaultValue = "") String after) {
        if (!source.isEmpty()) {
            requireKnown(source);
            return views.story(operator, source, id, recipient, "", after);
        }
        List<String> sources = views.sourcesOf(id, recipient);
        return switch (sources.size()) {
            case 0 ->
                throw new ApiException(ApiProblem.NOT_FOUND, "The ledger knows no request with this id in any source");
            case 1 -> views.story(operator, sources.getFirst(), id, recipient, "", after);
            default ->
                throw new ApiException(
                        ApiProblem.BAD_REQUEST, "source is missing, and several have such a request: " + sources);
        };
    }

    /** Searches a part of the ledger for mails and uploads of a recipient. */
    @GetMapping("/ops/api/requests/search")
    SearchDocument searchMails(
            Operator operator, @RequestParam String recipient, @RequestParam(defaultValue = "") String after) {
        return views.byRecipient(operator, recipient, after);
    }

    /** Searches a part of the records of uploads for those of a request whose recipient is not known. */
    @GetMapping("/ops/api/requests/uploads")
    SearchDocument searchUploads(
            Operator operator,
            @RequestParam String source,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String after) {
        requireKnown(source);
        return views.uploadsOf(operator, source, id, after);
    }

    /** Lists the mails that lead to an object, if the installation keeps an index. */
    @GetMapping("/ops/api/requests/objects")
    SearchDocument mailsAboutObject(
            Operator operator,
            @RequestParam String source,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String bucket,
            @RequestParam(defaultValue = "") String after) {
        if (!views.hasIndex()) {
            throw new ApiException(ApiProblem.TURNED_OFF, "attache.ledger.index-objects is false");
        }
        requireKnown(source);
        return views.byObject(operator, source, bucket, key, after);
    }

    /**
     * Which links to revoke.
     *
     * @param source the source of the request
     * @param requestId the id of the request
     * @param delivery if present, all links of the source to the recipient of this delivery are revoked instead, also
     *     those of other requests
     * @param change an id of the caller: the same change with the same id is made once; a random one by default
     */
    public record Revocation(
            String source,
            String requestId,
            @Nullable String delivery,
            @Nullable UUID change) {}

    /** Revokes links. Final: no extension and no new link opens them again. */
    @PostMapping("/ops/api/requests/revoke")
    Done revokeLinks(Operator operator, @RequestBody Revocation body) {
        UUID change = body.change() == null ? UUID.randomUUID() : body.change();
        Links links = links(body.source(), body.requestId(), body.delivery());
        return done(actions.revoke(operator, links, change), change);
    }

    /**
     * Which links to extend.
     *
     * @param source the source of the request
     * @param requestId the id of the request
     * @param delivery as for a revocation
     * @param until when the links shall expire
     * @param change as for a revocation
     */
    public record Extension(
            String source,
            String requestId,
            @Nullable String delivery,
            Instant until,
            @Nullable UUID change) {}

    /** Extends download pages and uploads, also those that have expired. Nobody gets a mail. */
    @PostMapping("/ops/api/requests/extend")
    Done extendLinks(Operator operator, @RequestBody Extension body) {
        required(body.until(), "until");
        UUID change = body.change() == null ? UUID.randomUUID() : body.change();
        Links links = links(body.source(), body.requestId(), body.delivery());
        return done(actions.extend(operator, links, body.until(), change), change);
    }

    /**
     * Which mail to send again: that of a delivery or of an upload.
     *
     * @param delivery the delivery; absent for an upload
     * @param upload the upload; absent for a delivery
     * @param seen how many mails were sent again before: {@code newLinks} or {@code resent}. If there are more by now,
     *     nothing is sent
     */
    public record Resend(
            @Nullable String delivery, @Nullable UUID upload, int seen) {}

    /** Sends the mail of a download page or of an upload again, with a link that works. */
    @PostMapping("/ops/api/requests/resend")
    Done resendMail(Operator operator, @RequestBody Resend body) {
        if (body.delivery() != null && body.upload() == null) {
            return done(actions.resend(operator, delivery(body.delivery()), body.seen()), null);
        }
        if (body.upload() != null && body.delivery() == null) {
            return done(actions.resendUpload(operator, body.upload(), body.seen() + 1), null);
        }
        throw new ApiException(ApiProblem.BAD_REQUEST, "The body must have one of delivery and upload");
    }

    /**
     * What was done.
     *
     * @param change the id of the change, which {@code link.revoked} and {@code link.extended} follow from; absent for
     *     mails
     */
    public record Done(@Nullable UUID change) {}

    private static Done done(Optional<Refused> refused, @Nullable UUID change) {
        if (refused.isPresent()) {
            throw new ApiException(
                    ApiProblem.CONFLICT,
                    refused.get().code() + ": " + refused.get().reason());
        }
        return new Done(change);
    }

    /** A misspelt source would look like a request of which nothing is known. */
    private void requireKnown(String source) {
        if (!views.sources().contains(source)) {
            throw new ApiException(ApiProblem.NOT_FOUND, "There is no such source; known are " + views.sources());
        }
    }

    private static Links links(String source, String requestId, @Nullable String delivery) {
        required(source, "source");
        required(requestId, "requestId");
        if (requestId.isEmpty() || requestId.length() > LONGEST_ID) {
            throw new ApiException(
                    ApiProblem.BAD_REQUEST, "requestId must have 1 to %d characters".formatted(LONGEST_ID));
        }
        return new Links(source, requestId, Optional.ofNullable(delivery).map(RequestsApiController::delivery));
    }

    private static DeliveryKey delivery(String text) {
        return DeliveryKey.ofPath(text)
                .orElseThrow(() -> new ApiException(
                        ApiProblem.BAD_REQUEST, "delivery is no name of a delivery, as a story has it"));
    }

    private static void required(@Nullable Object value, String name) {
        if (value == null) {
            throw new ApiException(ApiProblem.BAD_REQUEST, name + " is missing");
        }
    }
}
