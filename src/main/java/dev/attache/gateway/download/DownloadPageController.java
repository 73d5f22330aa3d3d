package dev.attache.gateway.download;

import dev.attache.contract.value.PagePaths;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.download.PageView;
import dev.attache.download.Refusal;
import dev.attache.gateway.ClientAddresses;
import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.RequestBodies;
import dev.attache.gateway.ThrottledLog;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the page that a download mail links to. Mail scanners open links before people do, so GET and HEAD change and
 * count nothing. A button leads to the file by POST.
 */
@RestController
@ConditionalOnRole(Role.PAGES)
public class DownloadPageController {

    /** The end of the path that asks for a new link, after the page's own path. */
    static final String RENEW = "/renew";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(DownloadPageController.class);

    private final PageTokens tokens;
    private final Downloads downloads;
    private final DownloadLimits limits;
    private final ClientAddresses clients;
    private final DownloadPageWriter pages;
    private final ThrottledLog warnings;

    DownloadPageController(
            @Qualifier("pagePageTokens") PageTokens tokens,
            Downloads downloads,
            DownloadLimits limits,
            ClientAddresses clients,
            DownloadPageWriter pages,
            Clock clock) {
        this.tokens = tokens;
        this.downloads = downloads;
        this.limits = limits;
        this.clients = clients;
        this.pages = pages;
        this.warnings = new ThrottledLog(log, clock);
    }

    @GetMapping(PagePaths.DOWNLOAD + "{token}")
    ResponseEntity<String> page(@PathVariable String token, HttpServletRequest request) {
        return tokens.read(token)
                .map(genuine -> shown(reader(token, request), downloads.find(genuine)))
                .orElseGet(() -> unknown(request));
    }

    @PostMapping(PagePaths.DOWNLOAD + "{token}")
    ResponseEntity<String> download(@PathVariable String token, HttpServletRequest request) throws IOException {
        PageToken genuine = tokens.read(token).orElse(null);
        if (genuine == null) {
            return unknown(request);
        }
        PageReader reader = reader(token, request);
        DownloadForm form = form(request).orElse(null);
        if (form == null) {
            return notice(CommonProblem.BAD_REQUEST, reader, null);
        }
        String client = clients.client(request);
        Duration wait = limits.press(genuine.key(), client);
        if (!wait.isZero()) {
            return later(CommonProblem.TOO_MANY_REQUESTS, wait, reader);
        }
        wait = limits.address(form.address(), genuine.key(), client);
        if (!wait.isZero()) {
            // A browser that stays on the page sends the address with each button, also after it was confirmed.
            Optional<PageView> found = downloads.find(genuine);
            if (found.map(PageView::mustConfirm).orElse(true)) {
                return again(reader, found, AddressProblem.SLOWED, form, wait);
            }
        }
        return switch (downloads.press(genuine, form.item(), form.address())) {
            case Result.Redirect(var url) ->
                ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, url.reveal())
                        .build();
            case Result.Refused(Refusal reason) -> refused(reader, reason, downloads.find(genuine), form);
        };
    }

    /** For a person who reloads the answer to {@link #renew}, or opens it from the history. */
    @GetMapping(PagePaths.DOWNLOAD + "{token}" + RENEW)
    ResponseEntity<String> afterRenewal(@PathVariable String token, HttpServletRequest request) {
        return tokens.read(token)
                .map(genuine -> ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, "../" + token)
                        .<String>build())
                .orElseGet(() -> unknown(request));
    }

    /** The answer is the same whether or not a mail was sent. */
    @PostMapping(PagePaths.DOWNLOAD + "{token}" + RENEW)
    ResponseEntity<String> renew(@PathVariable String token, HttpServletRequest request) {
        PageToken genuine = tokens.read(token).orElse(null);
        if (genuine == null) {
            return unknown(request);
        }
        PageReader reader = reader(token, request);
        Duration wait = limits.renewal(genuine.key(), clients.client(request));
        if (!wait.isZero()) {
            return later(CommonProblem.TOO_MANY_REQUESTS, wait, reader);
        }
        downloads.renew(genuine);
        return notice(
                DownloadProblem.RENEWAL_REQUESTED,
                reader,
                downloads.find(genuine).orElse(null));
    }

    /** Retryable: S3 is down or slow, the credentials are about to expire, or an operator has to repair a record. */
    @ExceptionHandler
    ResponseEntity<String> unavailable(RuntimeException failure, HttpServletRequest request) {
        warnings.warn("A download page failed: " + PageFailures.describe(failure));
        return later(CommonProblem.TRY_AGAIN, RETRY_AFTER, reader("", request));
    }

    private ResponseEntity<String> shown(PageReader reader, Optional<PageView> found) {
        PageView view = found.orElse(null);
        if (view == null) {
            return notYet(reader);
        }
        return switch (view.state()) {
            case State.Open(var until) -> html(HttpStatus.OK, pages.download(view, until, reader, null));
            case State.Expired expired ->
                notice(
                        view.renewable() ? DownloadProblem.DOWNLOAD_RENEWABLE : DownloadProblem.DOWNLOAD_EXPIRED,
                        reader,
                        view);
            case State.Revoked revoked -> notice(DownloadProblem.DOWNLOAD_REVOKED, reader, view);
            case State.Exhausted exhausted -> notice(DownloadProblem.DOWNLOAD_EXHAUSTED, reader, view);
        };
    }

    /** A refused file of an open page; otherwise the page itself says why. */
    private ResponseEntity<String> refused(
            PageReader reader, Refusal reason, Optional<PageView> found, DownloadForm form) {
        PageView view = found.orElse(null);
        if (view == null || !(view.state() instanceof State.Open)) {
            return shown(reader, found);
        }
        return switch (reason) {
            case ADDRESS_REQUIRED -> again(reader, found, AddressProblem.MISSING, form, Duration.ZERO);
            case ADDRESS_WRONG -> again(reader, found, AddressProblem.WRONG, form, Duration.ZERO);
            case ADDRESS_BY_MAIL -> again(reader, found, AddressProblem.BY_MAIL, form, Duration.ZERO);
            case ITEM_UNKNOWN -> notice(CommonProblem.BAD_REQUEST, reader, view);
            // The page was claimed, or extended, since.
            case NOT_YET, EXPIRED -> shown(reader, found);
            case REVOKED -> notice(DownloadProblem.FILE_REVOKED, reader, view);
            case EXHAUSTED -> notice(DownloadProblem.FILE_EXHAUSTED, reader, view);
            case OBJECT_GONE -> notice(DownloadProblem.FILE_GONE, reader, view);
            case OBJECT_ARCHIVED -> notice(DownloadProblem.FILE_ARCHIVED, reader, view);
            case OBJECT_DENIED -> notice(DownloadProblem.FILE_DENIED, reader, view);
            case OBJECT_REPLACED -> notice(DownloadProblem.FILE_REPLACED, reader, view);
        };
    }

    /** The page again, with what is wrong with the typed address. */
    private ResponseEntity<String> again(
            PageReader reader, Optional<PageView> found, AddressProblem problem, DownloadForm form, Duration wait) {
        PageView view = found.orElse(null);
        if (view == null || !(view.state() instanceof State.Open(var until)) || !view.mustConfirm()) {
            return shown(reader, found);
        }
        String page = pages.download(view, until, reader, new DownloadPageWriter.Typed(problem, form.address()));
        return wait.isZero() ? html(problem.status(), page) : later(problem.status(), wait, page);
    }

    /** The filter of the limits has read the body, within a limit of time. */
    private static Optional<DownloadForm> form(HttpServletRequest request) throws IOException {
        if (!RequestBodies.isForm(request.getContentType())) {
            return Optional.empty();
        }
        byte[] body = request.getInputStream().readNBytes(RequestBodies.LIMIT + 1);
        return body.length > RequestBodies.LIMIT ? Optional.empty() : DownloadForm.parse(body);
    }

    private ResponseEntity<String> unknown(HttpServletRequest request) {
        return notice(DownloadProblem.UNKNOWN_DOWNLOAD, reader("", request), null);
    }

    private ResponseEntity<String> notYet(PageReader reader) {
        return later(DownloadProblem.DOWNLOAD_NOT_YET, RETRY_AFTER, reader);
    }

    private ResponseEntity<String> later(PageProblem problem, Duration wait, PageReader reader) {
        return later(problem.status(), wait, pages.notice(problem, null, reader));
    }

    private static ResponseEntity<String> later(HttpStatus status, Duration wait, String page) {
        return ResponseEntity.status(status)
                .header(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(wait.plusSeconds(1).minusNanos(1).toSeconds()))
                .contentType(PageWriter.HTML)
                .body(page);
    }

    private ResponseEntity<String> notice(PageProblem problem, PageReader reader, @Nullable PageView view) {
        return html(problem.status(), pages.notice(problem, view, reader));
    }

    private static ResponseEntity<String> html(HttpStatus status, String page) {
        return ResponseEntity.status(status).contentType(PageWriter.HTML).body(page);
    }

    private static PageReader reader(String token, HttpServletRequest request) {
        return new PageReader(
                token, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), request.getHeader(HttpHeaders.USER_AGENT));
    }
}
