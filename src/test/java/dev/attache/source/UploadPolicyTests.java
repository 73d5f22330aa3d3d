package dev.attache.source;

import static dev.attache.source.PolicyFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.link.signing.Signers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class UploadPolicyTests {

    private final SourcePolicies policies = PolicyFixtures.policies();

    @ParameterizedTest
    @CsvSource({
        "application/pdf, application/pdf",
        "IMAGE/PNG;q=1, image/png",
        "image/*, image/*",
        "*/*, application/pdf+image/*",
        "text/html+application/pdf, application/pdf",
        "'', application/pdf+image/*"
    })
    void anUploadIsOfTheTypesThatBothAllow(String requested, String accepted) {
        UploadTerms terms = crm().upload(request(split(requested), null, null));

        assertThat(terms.contentTypes()).containsExactlyElementsOf(split(accepted));
        assertThat(terms.maxBytes()).isEqualTo(1024);
    }

    @Test
    void anUploadOfAnotherTypeIsRefusedWithThoseThatAreAllowed() {
        assertThat(rejected(
                                RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                                () -> crm().upload(request(List.of("text/html"), null, null)))
                        .detail())
                .isEqualTo("Source crm may not ask for uploads of '[text/html]', only of [application/pdf, image/*]");
        rejected(RejectionCode.CONTENT_TYPE_NOT_ALLOWED, () -> crm().upload(request(List.of("nonsense"), null, null)));
    }

    @Test
    void aSourceWithoutTypesMayNotAskForUploads() {
        assertThat(rejected(
                                RejectionCode.CONTENT_TYPE_NOT_ALLOWED,
                                () -> policies.require("people").upload(request(List.of(), null, null)))
                        .detail())
                .contains("attache.sources.people.content-types");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -, 1024", "-, 100, 100", "100, 100, 100", "1024, -, 1024", "1, 1024, 1024"})
    void anUploadIsNoLargerThanBothAllow(@Nullable Long contentLength, @Nullable Long maxBytes, long accepted) {
        UploadTerms terms = crm().upload(request(List.of(), contentLength, maxBytes));

        assertThat(terms.maxBytes()).isEqualTo(accepted);
        assertThat(terms.contentLength()).isEqualTo(contentLength);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"1025, -", "-, 1025", "101, 100", "1, 9223372036854775807"})
    void anUploadThatIsTooLargeIsRefused(@Nullable Long contentLength, @Nullable Long maxBytes) {
        rejected(RejectionCode.TOO_LARGE, () -> crm().upload(request(List.of(), contentLength, maxBytes)));
    }

    @Test
    void aChecksumIsKeptInLowerCase() {
        UploadRequest request =
                new UploadRequest("a.pdf", List.of(), null, null, Signers.SHA256.toUpperCase(), null, null);

        assertThat(crm().upload(request))
                .extracting(UploadTerms::sha256, UploadTerms::fileName)
                .containsExactly(Signers.SHA256, "a.pdf");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, true", "true, true", "false, false"})
    void aReceiptIsWantedUnlessTheRequestSaysOtherwise(@Nullable Boolean requested, boolean wanted) {
        UploadRequest request = new UploadRequest(null, List.of(), null, null, null, null, requested);

        assertThat(crm().upload(request).wantsReceipt()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"5368709121, -", "-, 5368709121", "5368709121, 5368709121"})
    void aChecksumOfAFileThatMustBeSentInPartsIsRefused(@Nullable Long contentLength, @Nullable Long maxBytes) {
        SourcePolicy large = PolicyFixtures.upTo(DataSize.ofTerabytes(1));

        assertThat(large.upload(request(List.of(), contentLength, maxBytes)).maxBytes())
                .isGreaterThan(UploadRequest.LARGEST_PUT);
        assertThat(rejected(
                                RejectionCode.TOO_LARGE,
                                () -> large.upload(new UploadRequest(
                                        null, List.of(), contentLength, maxBytes, Signers.SHA256, null, null)))
                        .detail())
                .contains("sha256 is only possible for files of at most 5368709120 bytes", "allows 5368709121");
    }

    @Test
    void withAChecksumAFileIsNoLargerThanASinglePut() {
        SourcePolicy large = PolicyFixtures.upTo(DataSize.ofTerabytes(1));
        UploadRequest request = new UploadRequest(null, List.of(), null, null, Signers.SHA256, null, null);

        assertThat(large.upload(request).maxBytes()).isEqualTo(UploadRequest.LARGEST_PUT);
    }

    private SourcePolicy crm() {
        return policies.require("crm");
    }

    private static UploadRequest request(
            List<String> contentTypes, @Nullable Long contentLength, @Nullable Long maxBytes) {
        return new UploadRequest(null, contentTypes, contentLength, maxBytes, null, null, null);
    }

    private static List<String> split(String types) {
        return types.isEmpty() ? List.of() : List.of(types.split("\\+"));
    }
}
