package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.SignedUrl;
import dev.attache.gateway.DescriptionBody;
import dev.attache.gateway.PageFailures;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.ProblemBody;
import dev.attache.gateway.ThrottledLog;
import dev.attache.gateway.UploadProblem;
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
 * Signs a link for the file that was picked on the upload page. What is wrong is said as RFC 9457 has it, with a
 * {@code code} for programs and a sentence for people.
 */
@RestController
public class UploadSignController {

    static final String RETRY_AFTER_SECONDS = "10";

    private static final Logger log = LoggerFactory.getLogger(UploadSignController.class);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private final UploadPageService desk;
    private final PageWriter pages;
    private final ThrottledLog lines;

    UploadSignController(UploadPageService desk, PageWriter pages, Clock clock) {
        this.desk = desk;
        this.pages = pages;
        this.lines = new ThrottledLog(log, clock);
    }

    /**
     * What the page sends the file with.
     *
     * @param headers all that must be sent, exactly so; a browser adds {@code content-length} itself
     */
    record Answer(SignedUrl url, String method, Map<String, String> headers, Instant expiresAt) {}

    @PostMapping(PagePaths.UPLOAD + "{pageId}/sign")
    ResponseEntity<Answer> sign(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload =
                desk.find(pageId).orElseThrow(() -> new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null));
        SignedLink link = desk.sign(upload, offered(upload, request));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(link.url(), link.method(), link.headers(), link.expiresAt()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> refused(UploadRefusedException refused, HttpServletRequest request) {
        return problem(refused.problem(), refused.upload(), request, new HttpHeaders());
    }

    /**
     * S3 is down or slow, credentials are dying, or what the worker keeps is damaged: it passes, or somebody mends it.
     */
    @ExceptionHandler
    ResponseEntity<ProblemBody> unavailable(RuntimeException failure, HttpServletRequest request) {
        lines.warn("No link could be signed for the upload page: " + PageFailures.named(failure));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem(UploadProblem.TRY_AGAIN, null, request, headers);
    }

    private OfferedFile offered(OpenUpload upload, HttpServletRequest request) throws IOException {
        if (!DescriptionBody.isJson(request.getContentType())) {
            throw new UploadRefusedException(UploadProblem.JSON_REQUIRED, upload);
        }
        // PageLimitFilter has read it, and has waited no longer than it must.
        byte[] body = request.getInputStream().readNBytes(DescriptionBody.LIMIT + 1);
        if (body.length > DescriptionBody.LIMIT) {
            throw new UploadRefusedException(UploadProblem.REQUEST_TOO_LARGE, upload);
        }
        try {
            OfferedFile offered = json.readValue(body, OfferedFile.class);
            if (offered != null) {
                return offered;
            }
        } catch (JacksonException malformed) {
            // Said below, without the parser's words, which quote the input.
        }
        throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
    }

    private ResponseEntity<ProblemBody> problem(
            UploadProblem problem, @Nullable OpenUpload upload, HttpServletRequest request, HttpHeaders headers) {
        String sentence = pages.sentence(problem, upload, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem, sentence));
    }
}
