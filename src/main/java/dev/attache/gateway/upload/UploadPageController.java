package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.ThrottledLog;
import dev.attache.gateway.UploadProblem;
import dev.attache.ledger.OpenUpload;
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
 * The page that an upload mail links to. Mail scanners open links before people do, so that a GET or HEAD changes
 * nothing and counts nothing.
 */
@RestController
public class UploadPageController {

    private static final Logger log = LoggerFactory.getLogger(UploadPageController.class);

    private final UploadPageService desk;
    private final PageWriter pages;
    private final ThrottledLog lines;

    UploadPageController(UploadPageService desk, PageWriter pages, Clock clock) {
        this.desk = desk;
        this.pages = pages;
        this.lines = new ThrottledLog(log, clock);
    }

    @GetMapping(PagePaths.UPLOAD + "{pageId}")
    ResponseEntity<String> page(
            @PathVariable String pageId,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String languages) {
        OpenUpload upload = desk.find(pageId).orElse(null);
        if (upload == null) {
            return html(HttpStatus.NOT_FOUND, pages.notice(UploadProblem.UNKNOWN_UPLOAD, null, "", languages));
        }
        String asker = desk.asker(upload);
        Optional<UploadProblem> closed = desk.closed(upload);
        return closed.isEmpty()
                ? html(HttpStatus.OK, pages.upload(upload, asker, languages))
                : html(status(closed.get()), pages.notice(closed.get(), upload, asker, languages));
    }

    /**
     * S3 is down or slow, credentials are dying, or what the worker keeps is damaged: it passes, or somebody mends it.
     */
    @ExceptionHandler
    ResponseEntity<String> unavailable(RuntimeException failure, HttpServletRequest request) {
        lines.warn("An upload page could not be shown: " + PageFailures.named(failure));
        UploadProblem problem = UploadProblem.TRY_AGAIN;
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.RETRY_AFTER, UploadSignController.RETRY_AFTER_SECONDS)
                .contentType(PageWriter.HTML)
                .body(pages.notice(problem, null, "", request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    /** For a page, "your file has arrived" is good news and no conflict. */
    private static HttpStatus status(UploadProblem problem) {
        return problem == UploadProblem.ALREADY_ARRIVED ? HttpStatus.OK : problem.status();
    }

    private static ResponseEntity<String> html(HttpStatus status, String page) {
        return ResponseEntity.status(status).contentType(PageWriter.HTML).body(page);
    }
}
