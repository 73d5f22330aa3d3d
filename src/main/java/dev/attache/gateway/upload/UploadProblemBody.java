package dev.attache.gateway.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.gateway.PageProblem;
import dev.attache.ledger.OpenUpload;
import org.jspecify.annotations.Nullable;

/**
 * A problem as JSON (RFC 9457).
 *
 * @param detail a sentence in the reader's language
 * @param code the problem's name, for scripts
 * @param receipt what has arrived so far; null if nothing has
 */
record UploadProblemBody(
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReceiptBody receipt) {

    static UploadProblemBody of(PageProblem problem, String detail, @Nullable OpenUpload upload) {
        return new UploadProblemBody(
                problem.status().getReasonPhrase(),
                problem.status().value(),
                detail,
                problem.name(),
                upload == null || upload.arrived().isEmpty() ? null : ReceiptBody.of(upload));
    }
}
