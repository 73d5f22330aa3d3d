package dev.attache.console.requests;

import dev.attache.console.ConsoleController;
import dev.attache.console.Operator;
import dev.attache.console.api.ApiException;
import dev.attache.console.api.ApiProblem;
import dev.attache.console.requests.RequestActions.Refused;
import dev.attache.story.LinkRequest;
import dev.attache.story.LinkRequests;
import dev.attache.story.LinkRequests.Preview;
import dev.attache.story.SharedObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Links by hand, for scripts. */
@ConsoleController
class ShareApiController {

    private final LinkRequests links;

    private final SharedObjects objects;

    private final RequestActions actions;

    ShareApiController(LinkRequests links, SharedObjects objects, RequestActions actions) {
        this.links = links;
        this.objects = objects;
        this.actions = actions;
    }

    /**
     * Objects that a source may link to.
     *
     * @param folders the folders to list
     * @param objects the objects
     * @param next what to send as {@code after} to continue; absent at the end
     */
    public record ObjectsDocument(
            List<String> folders,
            List<ObjectDocument> objects,
            @Nullable String next) {}

    /**
     * An object.
     *
     * @param key the key of the object
     * @param size in bytes
     * @param lastModified when it was written
     */
    public record ObjectDocument(String key, long size, Instant lastModified) {}

    /** Lists what a source may link to: its folders without a prefix, or what begins with the prefix. */
    @GetMapping("/ops/api/share/objects")
    ObjectsDocument shareableObjects(
            @RequestParam String source,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String bucket,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(defaultValue = "") String after) {
        if (!objects.sources().contains(source)) {
            throw new ApiException(ApiProblem.NOT_FOUND, "There is no such source; known are " + objects.sources());
        }
        String about = subject.isBlank() ? null : subject;
        if (prefix.isEmpty()) {
            return new ObjectsDocument(objects.places(source, about).folders(), List.of(), null);
        }
        SharedObjects.Folder folder = objects.list(source, about, bucket, prefix, RequestViews.filled(after));
        return new ObjectsDocument(
                folder.folders(),
                folder.objects().stream()
                        .map(it -> new ObjectDocument(it.key(), it.size(), it.lastModified()))
                        .toList(),
                folder.next().orElse(null));
    }

    /**
     * A link to send.
     *
     * @param id an id of the caller, a UUID: the same link with the same id is mailed once; a random one by default
     * @param source the source in whose name it is sent
     * @param subject the subject of the event, for folders that contain it
     * @param bucket the bucket of the object; the source's own by default
     * @param key the key of the object
     * @param recipient the recipient's address
     * @param name the recipient's name
     * @param locale the language of the mail, such as {@code pt-BR}
     * @param expiresIn the lifetime as an ISO 8601 duration; the source's default if absent
     * @param mailSubject the subject of the mail
     * @param mailText the text of the mail
     * @param maxDownloads how often the file may be downloaded
     * @param oneTime whether the file may be downloaded once
     * @param confirmAddress whether the recipient must confirm the address before the download
     */
    public record Share(
            @Nullable UUID id,
            String source,
            @Nullable String subject,
            @Nullable String bucket,
            String key,
            String recipient,
            @Nullable String name,
            @Nullable String locale,
            @Nullable Duration expiresIn,
            @Nullable String mailSubject,
            @Nullable String mailText,
            @Nullable Integer maxDownloads,
            @Nullable Boolean oneTime,
            @Nullable Boolean confirmAddress) {

        private LinkRequest link() {
            if (source == null || key == null || recipient == null) {
                throw new ApiException(ApiProblem.BAD_REQUEST, "source, key and recipient are required");
            }
            return new LinkRequest(
                    id == null ? UUID.randomUUID() : id,
                    source,
                    subject,
                    bucket,
                    key,
                    recipient,
                    name,
                    locale,
                    expiresIn,
                    mailSubject,
                    mailText,
                    maxDownloads,
                    Boolean.TRUE.equals(oneTime),
                    Boolean.TRUE.equals(confirmAddress));
        }
    }

    /**
     * Whether a link would be accepted.
     *
     * @param accepted whether it would
     * @param code why not; absent if it would
     * @param reason the explanation, or a remark
     */
    public record CheckDocument(boolean accepted, @Nullable String code, String reason) {}

    /** Checks a link as the worker will, and sends nothing. */
    @PostMapping("/ops/api/share/check")
    CheckDocument checkLink(@RequestBody Share body) {
        return switch (links.preview(body.link())) {
            case Preview.Accepted accepted -> new CheckDocument(true, null, accepted.note());
            case Preview.Rejected(String code, String reason) -> new CheckDocument(false, code, reason);
        };
    }

    /**
     * A request that was sent.
     *
     * @param source its source
     * @param requestId its id, by which its story is found
     */
    public record SharedDocument(String source, String requestId) {}

    /** Sends a link by mail. The worker applies every check that it applies to events of the source. */
    @PostMapping("/ops/api/share")
    SharedDocument sendLink(Operator operator, @RequestBody Share body) {
        LinkRequest link = body.link();
        Optional<Refused> refused = actions.share(operator, link);
        if (refused.isPresent()) {
            throw new ApiException(
                    ApiProblem.BAD_REQUEST,
                    refused.get().code() + ": " + refused.get().reason());
        }
        return new SharedDocument(link.source(), link.id().toString());
    }
}
