package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.OpenUpload;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts or resumes the multipart upload of a file, signs its parts when they are due, and completes it. */
@RestController
@ConditionalOnRole(Role.PAGES)
public class MultipartController extends ScriptController {

    /** The ends of the paths, after the page's own path. */
    static final String START_SUFFIX = "/multipart";

    static final String PARTS_SUFFIX = "/parts";

    static final String COMPLETE_SUFFIX = "/multipart-complete";

    private final MultipartPageService multiparts;

    MultipartController(
            UploadPageService uploads, UploadPageWriter pages, MultipartPageService multiparts, Clock clock) {
        super(uploads, pages, clock);
        this.multiparts = multiparts;
    }

    /**
     * A file to send in parts.
     *
     * @param firstPart the SHA-256 of the first 8 MiB in base64
     * @param tab the random id of the browser's tab
     */
    record FileInParts(
            @Nullable String name,
            @Nullable Long size,
            @Nullable String type,
            @Nullable Long lastModified,
            @Nullable String firstPart,
            @Nullable String tab) {

        FileDescription description() {
            return new FileDescription(name, size, type, lastModified, firstPart);
        }
    }

    /**
     * A multipart upload.
     *
     * @param number the file's number in the upload
     * @param partSize the size of each part but the last one, in bytes
     * @param parts the parts that are stored
     */
    record Started(int number, String uploadId, long partSize, List<Stored> parts) {}

    /** @param sha256 in base64 */
    record Stored(int number, long size, @Nullable String sha256) {}

    /** The parts that are due. */
    record DueParts(
            @Nullable Integer number,
            @Nullable String uploadId,
            @Nullable List<@Nullable DuePart> parts) {}

    /** @param sha256 in base64 */
    record DuePart(@Nullable Integer number, @Nullable String sha256) {}

    record SignedParts(List<SignedPart> parts) {}

    /** @param headers the signed headers; browsers set {@code content-length} themselves */
    record SignedPart(int number, SignedUrl url, String method, Map<String, String> headers, Instant expiresAt) {}

    /**
     * A file whose parts were all sent.
     *
     * @param checksum the SHA-256, in base64, of the hashes of all parts, a hyphen, and the number of parts
     */
    record SentParts(
            @Nullable Integer number,
            @Nullable String uploadId,
            @Nullable String checksum) {}

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + START_SUFFIX)
    ResponseEntity<Started> start(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        return json(multiparts.start(upload, body(upload, request, FileInParts.class)));
    }

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + PARTS_SUFFIX)
    ResponseEntity<SignedParts> sign(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        return json(multiparts.sign(upload, body(upload, request, DueParts.class)));
    }

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + COMPLETE_SUFFIX)
    ResponseEntity<ReceiptBody> complete(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        return json(multiparts.complete(upload, body(upload, request, SentParts.class)));
    }
}
