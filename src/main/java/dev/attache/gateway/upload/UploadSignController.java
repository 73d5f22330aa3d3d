package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.OpenUpload;
import dev.attache.link.SignedLink;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs a PUT link for a file that was chosen on the upload page. */
@RestController
@ConditionalOnRole(Role.PAGES)
public class UploadSignController extends ScriptController {

    /** The end of the path, after the page's own path. */
    static final String PATH_SUFFIX = "/sign";

    private final UploadPageService uploads;

    UploadSignController(UploadPageService uploads, UploadPageWriter pages, Clock clock) {
        super(uploads, pages, clock);
        this.uploads = uploads;
    }

    /**
     * How the page sends the file.
     *
     * @param number the file's number in the upload
     * @param headers the signed headers, which must be sent unchanged; browsers set {@code content-length} themselves
     */
    record Answer(int number, SignedUrl url, String method, Map<String, String> headers, Instant expiresAt) {}

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + PATH_SUFFIX)
    ResponseEntity<Answer> sign(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        UploadPageService.SignedFile signed = uploads.sign(upload, body(upload, request, FileDescription.class));
        SignedLink link = signed.link();
        return json(new Answer(signed.number(), link.url(), link.method(), link.headers(), link.expiresAt()));
    }
}
