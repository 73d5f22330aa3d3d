package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.Receipt;
import dev.attache.upload.UploadEnding;
import dev.attache.upload.UploadReceipts;
import dev.attache.upload.UploadReceipts.Result;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the upload page which files have arrived, and ends the upload when the person says that they have sent
 * everything or cannot provide the file.
 */
@RestController
@ConditionalOnRole(Role.PAGES)
public class UploadReceiptController extends ScriptController {

    static final String ARRIVED_SUFFIX = "/arrived";
    static final String COMPLETE_SUFFIX = "/complete";
    static final String DECLINE_SUFFIX = "/decline";

    private final UploadPageService uploads;
    private final UploadReceipts receipts;
    private final UploadEnding ending;

    UploadReceiptController(
            UploadPageService uploads,
            UploadReceipts receipts,
            UploadEnding ending,
            UploadPageWriter pages,
            Clock clock) {
        super(uploads, pages, clock);
        this.uploads = uploads;
        this.receipts = receipts;
        this.ending = ending;
    }

    /**
     * A file that the page has sent.
     *
     * @param number its number in the upload
     * @param name its name on the person's device; null if any file with the number is meant
     * @param size in bytes
     * @param lastModified in milliseconds since 1970; null if the browser does not say so
     * @param firstPart the SHA-256 of the first 8 MiB in base64; null if the browser cannot compute it
     */
    record SentFile(
            @Nullable Integer number,
            @Nullable String name,
            @Nullable Long size,
            @Nullable Long lastModified,
            @Nullable String firstPart) {

        @Nullable
        ChosenFile chosen() {
            return name == null || size == null ? null : new ChosenFile(name, "", size, lastModified, firstPart);
        }
    }

    /** @param reason the person's own words; null if they gave none */
    record Decline(@Nullable String reason) {}

    /** @param reference as in a receipt */
    record Declined(String reference) {}

    /** Without a body to read, {@code {}} is expected, because forms on other sites cannot send JSON. */
    record Nothing() {}

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + ARRIVED_SUFFIX)
    ResponseEntity<ReceiptBody> arrived(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        SentFile sent = body(upload, request, SentFile.class);
        if (sent.number() == null) {
            throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
        }
        return switch (receipts.arrived(upload, sent.number(), sent.chosen())) {
            case Result.Recorded(OpenUpload changed, Receipt receipt) -> json(ReceiptBody.of(receipt));
            case Result.OtherArrived(OpenUpload changed, Receipt receipt) ->
                throw new UploadRefusedException(UploadProblem.OTHER_ARRIVED, changed);
            case Result.NotArrived(OpenUpload changed) ->
                throw new UploadRefusedException(UploadProblem.NOT_ARRIVED, changed);
            case Result.Refused(OpenUpload changed, RejectionCode code) ->
                throw new UploadRefusedException(mismatch(changed, code), changed);
        };
    }

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + COMPLETE_SUFFIX)
    ResponseEntity<ReceiptBody> complete(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        body(upload, request, Nothing.class);
        return switch (ending.complete(upload)) {
            case UploadEnding.Result.Completed(OpenUpload ended, Receipt receipt) -> json(ReceiptBody.of(receipt));
            case UploadEnding.Result other -> throw refusal(other);
        };
    }

    @PostMapping(PagePaths.UPLOAD + "{pageId}" + DECLINE_SUFFIX)
    ResponseEntity<Declined> decline(@PathVariable String pageId, HttpServletRequest request) throws IOException {
        OpenUpload upload = find(pageId);
        Decline decline = body(upload, request, Decline.class);
        if (decline.reason() != null && decline.reason().length() > UploadEnding.LONGEST_REASON) {
            throw new UploadRefusedException(UploadProblem.REASON_TOO_LONG, upload);
        }
        return switch (ending.decline(upload, decline.reason())) {
            case UploadEnding.Result.Declined(OpenUpload ended) ->
                json(new Declined(Receipt.of(ended).reference()));
            case UploadEnding.Result other -> throw refusal(other);
        };
    }

    /** The answer to an end that another tab, a file or the time prevented. */
    private UploadRefusedException refusal(UploadEnding.Result result) {
        UploadProblem problem = switch (result) {
            case UploadEnding.Result.Completed completed -> UploadProblem.ALREADY_ARRIVED;
            case UploadEnding.Result.Declined declined -> UploadProblem.UPLOAD_DECLINED;
            case UploadEnding.Result.NothingArrived nothing -> UploadProblem.NOTHING_ARRIVED;
            case UploadEnding.Result.FilesArrived files -> UploadProblem.FILES_ARRIVED;
            case UploadEnding.Result.Expired expired ->
                uploads.closed(expired.upload()).orElse(UploadProblem.LINK_EXPIRED);
        };
        return new UploadRefusedException(problem, result.upload());
    }

    private static UploadProblem mismatch(OpenUpload upload, RejectionCode code) {
        if (code == RejectionCode.TOO_LARGE) {
            return upload.terms().contentLength() == null ? UploadProblem.TOO_LARGE : UploadProblem.WRONG_SIZE;
        }
        return UploadProblem.CONTENT_TYPE_NOT_ALLOWED;
    }
}
