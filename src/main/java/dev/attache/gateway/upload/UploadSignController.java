package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.SignedUrl;
import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.ProblemBody;
import dev.attache.gateway.RequestBodies;
import dev.attache.gateway.ThrottledLog;
import dev.attache.ledger.OpenUpload;
import dev.attache.link.SignedLink;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs a PUT link for the file that was chosen on the upload page. Problems have the form of RFC 9457, with a
 * {@code code} for the script and a sentence for the person.
 */
@RestController
public class UploadSignController {

    /** The end of the path, after the page's own path. */
    static final String PATH_SUFFIX = "/sign";

    static final String RETRY_AFTER_SECONDS = "10";

    private static final Logger log = LoggerFactory.getLogger(UploadSignController.class);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private final UploadPageService uploads;
    private final UploadPageWriter pages;
    private final ThrottledLog warnings;

    UploadSignController(UploadPageService uploads, UploadPageWriter pages, Clock clock) {
        this.uploads = uploads;
        this.pages = pages;
        this.warnings = new ThrottledLog(log, clock);
    }

    /**
     * How the page sends the file.
     *
     * @param headers the signed headers, which must be sent unchanged; browsers set {@code content-length} themselves
     */
    record Answer(SignedUrl url, String method, Map<String, String> headers, Instant expiresAt) {}

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + PATH_SUFFIX)
    ResponseEntity<Answer> sign(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload =
                uploads.find(pageId).orElseThrow(() -> new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null));
        SignedLink link = uploads.sign(upload, description(upload, request));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(link.url(), link.method(), link.headers(), link.expiresAt()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> refused(UploadRefusedException refused, HttpServletRequest request) {
        return problem(refused.problem(), refused.upload(), request, new HttpHeaders());
    }

    /** Retryable: S3 is down or slow, the credentials are about to expire, or an operator has to repair a record. */
    @ExceptionHandler
    ResponseEntity<ProblemBody> unavailable(RuntimeException failure, HttpServletRequest request) {
        warnings.warn("No link could be signed for the upload page: " + PageFailures.describe(failure));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem(CommonProblem.TRY_AGAIN, null, request, headers);
    }

    private FileDescription description(OpenUpload upload, HttpServletRequest request) throws IOException {
        if (!RequestBodies.isJson(request.getContentType())) {
            throw new UploadRefusedException(UploadProblem.JSON_REQUIRED, upload);
        }
        // PageLimitFilter has read the body, within a time limit.
        byte[] body = request.getInputStream().readNBytes(RequestBodies.LIMIT + 1);
        if (body.length > RequestBodies.LIMIT) {
            throw new UploadRefusedException(UploadProblem.REQUEST_TOO_LARGE, upload);
        }
        try {
            FileDescription description = json.readValue(body, FileDescription.class);
            if (description != null) {
                return description;
            }
        } catch (JacksonException malformed) {
            // Reported below, without the parser's message, which quotes the input.
        }
        throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
    }

    private ResponseEntity<ProblemBody> problem(
            PageProblem problem, @Nullable OpenUpload upload, HttpServletRequest request, HttpHeaders headers) {
        String sentence = pages.sentence(problem, upload, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem, sentence));
    }
}
