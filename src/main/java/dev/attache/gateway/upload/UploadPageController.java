package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.ThrottledLog;
import dev.attache.ledger.OpenUpload;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the page that an upload mail links to. Mail scanners open links before people do, so GET and HEAD change no
 * state.
 */
@RestController
@ConditionalOnRole(Role.PAGES)
public class UploadPageController {

    private static final Logger log = LoggerFactory.getLogger(UploadPageController.class);

    private final UploadPageService uploads;
    private final UploadPageWriter pages;
    private final ThrottledLog warnings;

    UploadPageController(UploadPageService uploads, UploadPageWriter pages, Clock clock) {
        this.uploads = uploads;
        this.pages = pages;
        this.warnings = new ThrottledLog(log, clock);
    }

    @GetMapping(PagePaths.UPLOAD + "{pageId}")
    ResponseEntity<String> page(
            @PathVariable String pageId,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
        OpenUpload upload = uploads.find(pageId).orElse(null);
        if (upload == null) {
            return html(HttpStatus.NOT_FOUND, pages.notice(UploadProblem.UNKNOWN_UPLOAD, null, "", acceptLanguage));
        }
        String asker = uploads.asker(upload);
        Optional<UploadProblem> closed = uploads.closed(upload);
        return closed.isEmpty()
                ? html(HttpStatus.OK, pages.upload(upload, asker, uploads.remaining(upload), acceptLanguage))
                : html(status(closed.get()), pages.notice(closed.get(), upload, asker, acceptLanguage));
    }

    /** Retryable: S3 is down or slow, the credentials are about to expire, or an operator has to repair a record. */
    @ExceptionHandler
    ResponseEntity<String> unavailable(RuntimeException failure, HttpServletRequest request) {
        warnings.warn("An upload page could not be shown: " + PageFailures.describe(failure));
        CommonProblem problem = CommonProblem.TRY_AGAIN;
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.RETRY_AFTER, ScriptController.RETRY_AFTER_SECONDS)
                .contentType(PageWriter.HTML)
                .body(pages.notice(problem, null, "", request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    /** For scripts, a file that has already arrived is a conflict (409); for people it is a success (200). */
    private static HttpStatus status(UploadProblem problem) {
        return problem.isDone() ? HttpStatus.OK : problem.status();
    }

    private static ResponseEntity<String> html(HttpStatus status, String page) {
        return ResponseEntity.status(status).contentType(PageWriter.HTML).body(page);
    }
}
