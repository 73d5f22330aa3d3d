package dev.attache.gateway.upload;

import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.RequestBodies;
import dev.attache.gateway.ThrottledLog;
import dev.attache.ledger.OpenUpload;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all endpoints for the upload page's script have in common. Bodies are small JSON objects. Problems have the form
 * of RFC 9457, with a {@code code} for the script, a sentence for the person, and the receipt for what has arrived.
 */
abstract class ScriptController {

    static final String RETRY_AFTER_SECONDS = "10";

    private static final Logger log = LoggerFactory.getLogger(ScriptController.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private final UploadPageService uploads;
    private final UploadPageWriter pages;
    private final ThrottledLog warnings;

    ScriptController(UploadPageService uploads, UploadPageWriter pages, Clock clock) {
        this.uploads = uploads;
        this.pages = pages;
        this.warnings = new ThrottledLog(log, clock);
    }

    /** @throws UploadRefusedException if there is no such page */
    final OpenUpload find(String pageId) {
        return uploads.find(pageId).orElseThrow(() -> new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null));
    }

    /**
     * Reads the body.
     *
     * @throws UploadRefusedException if it is not a small JSON object of this type
     */
    final <T> T body(OpenUpload upload, HttpServletRequest request, Class<T> type) throws IOException {
        if (!RequestBodies.isJson(request.getContentType())) {
            throw new UploadRefusedException(UploadProblem.JSON_REQUIRED, upload);
        }
        // PageLimitFilter has read the body, within a time limit.
        byte[] body = request.getInputStream().readNBytes(RequestBodies.LIMIT + 1);
        if (body.length > RequestBodies.LIMIT) {
            throw new UploadRefusedException(UploadProblem.REQUEST_TOO_LARGE, upload);
        }
        try {
            T content = JSON.readValue(body, type);
            if (content != null) {
                return content;
            }
        } catch (JacksonException malformed) {
            // Reported below, without the parser's message, which quotes the input.
        }
        throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
    }

    static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    @ExceptionHandler
    ResponseEntity<UploadProblemBody> refused(UploadRefusedException refused, HttpServletRequest request) {
        return problem(refused.problem(), refused.upload(), request, new HttpHeaders());
    }

    /** The record was deleted while the request was handled. */
    @ExceptionHandler
    ResponseEntity<UploadProblemBody> gone(NoSuchElementException gone, HttpServletRequest request) {
        return problem(UploadProblem.UNKNOWN_UPLOAD, null, request, new HttpHeaders());
    }

    /** Retryable: S3 is down or slow, the credentials are about to expire, or an operator has to repair a record. */
    @ExceptionHandler
    ResponseEntity<UploadProblemBody> unavailable(RuntimeException failure, HttpServletRequest request) {
        warnings.warn("A call of the upload page's script failed: " + PageFailures.describe(failure));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem(CommonProblem.TRY_AGAIN, null, request, headers);
    }

    private ResponseEntity<UploadProblemBody> problem(
            PageProblem problem, @Nullable OpenUpload upload, HttpServletRequest request, HttpHeaders headers) {
        String sentence = pages.sentence(problem, upload, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(UploadProblemBody.of(problem, sentence, upload));
    }
}
