package dev.attache.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.intake.OnePolicy;
import dev.attache.link.signing.Signers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ConfiguredSourcesTests {

    private final SourcePolicies policies = new ConfiguredSources(
            new SourcesProperties(
                    "attachments",
                    Map.of(
                            "crm",
                                    source(
                                            List.of("AROAEXAMPLE"),
                                            List.of("downloads/crm/"),
                                            List.of("application/pdf", "image/*")),
                            "people",
                                    source(
                                            List.of(),
                                            List.of("downloads/people/{subject}/", "downloads/all/"),
                                            List.of()),
                            "greedy", source(List.of(), List.of("ledger/", "book/", "downloads/"), List.of("*/*")))),
            List.of("ledger/", "book/"));

    @ParameterizedTest
    @ValueSource(strings = {"AROAEXAMPLE", "AROAEXAMPLE:session", "AROAEXAMPLE:"})
    void aPinnedSourceIsSpokenForByItsSenders(String senderId) {
        assertThat(policies.require("crm", senderId).source()).isEqualTo("crm");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "AROAEXAMPLE2", "AROAEXAMPL", "AROAOTHER:AROAEXAMPLE", "aroaexample"})
    void aPinnedSourceIsNotSpokenForByAnybodyElse(@Nullable String senderId) {
        rejected(RejectionCode.SOURCE_NOT_ALLOWED, () -> policies.require("crm", senderId));
    }

    @Test
    void aSourceThatIsNotPinnedIsSpokenForByAnybodyWhoMaySend() {
        assertThat(policies.require("people", null).displayName()).isEqualTo("people");
    }

    @Test
    void anUnknownSourceIsRefused() {
        assertThat(rejected(RejectionCode.SOURCE_NOT_ALLOWED, () -> policies.require("nobody\n"))
                        .detail())
                .isEqualTo("Source 'nobody?' is not configured; attache.sources names those that are");
    }

    @Test
    void aDownloadLiesUnderAPrefixInTheAttachmentsBucket() {
        assertThat(crm().download(new AttachmentRef(null, "downloads/crm/a/b.pdf", "v1", null), null))
                .isEqualTo(new ObjectRef("attachments", "downloads/crm/a/b.pdf", "v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "downloads/shop/x",
                "downloads/crm",
                "downloads/crm/",
                "downloads/crm-private/x",
                "Downloads/crm/x",
                "",
                "downloads/crm/../shop/x",
                "downloads/crm/..",
                "downloads/crm/./x",
                "downloads/crm//x",
                "/downloads/crm/x",
                "downloads/crm/a\nb",
                "downloads/crm/a\u0000",
                "downloads/crm/\uD83D",
                "../downloads/crm/x"
            })
    void aDownloadDoesNotReachOutOfItsPrefix(String key) {
        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> crm().download(new AttachmentRef(null, key, null, null), null));
    }

    @Test
    void aKeyIsBoundedAsInS3() {
        rejected(
                RejectionCode.KEY_NOT_ALLOWED,
                () -> crm().download(new AttachmentRef(null, "downloads/crm/" + "é".repeat(506), null, null), null));
    }

    @Test
    void anotherBucketIsRefused() {
        assertThat(rejected(
                                RejectionCode.KEY_NOT_ALLOWED,
                                () -> crm().download(new AttachmentRef("secrets", "downloads/crm/x", null, null), null))
                        .detail())
                .contains("'secrets'", "[attachments]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger/uploads/1.json", "book/uploads/1.json"})
    void theLedgerIsNobodysToLinkTo(String key) {
        SourcePolicy greedy = policies.require("greedy");

        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> greedy.download(new AttachmentRef(null, key, null, null), null));
        assertThat(greedy.download(new AttachmentRef(null, "downloads/x", null, null), null))
                .isNotNull();
    }

    @Test
    void peopleReachOnlyTheirOwnFiles() {
        SourcePolicy people = policies.require("people");
        AttachmentRef anas = new AttachmentRef(null, "downloads/people/ana/x", null, null);

        assertThat(people.download(anas, "ana").key()).isEqualTo("downloads/people/ana/x");
        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> people.download(anas, "an"));
        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> people.download(anas, "bo"));
        assertThat(people.download(new AttachmentRef(null, "downloads/all/x", null, null), null))
                .isNotNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "ana/docs", "/", ".", "..", "a\nb"})
    void aSubjectThatNamesNoFolderReachesNothing(@Nullable String subject) {
        SourcePolicy people = policies.require("people");

        rejected(
                RejectionCode.KEY_NOT_ALLOWED,
                () -> people.download(
                        new AttachmentRef(null, "downloads/people/" + subject + "/x", null, null), subject));
        rejected(
                RejectionCode.KEY_NOT_ALLOWED,
                () -> people.download(new AttachmentRef(null, "downloads/people/ana/docs/x", null, null), subject));
    }

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
        UploadRequest request = new UploadRequest("a.pdf", List.of(), null, null, Signers.SHA256.toUpperCase());

        assertThat(crm().upload(request))
                .extracting(UploadTerms::sha256, UploadTerms::fileName)
                .containsExactly(Signers.SHA256, "a.pdf");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, PT24H", "PT1M, PT1M", "PT168H, PT168H"})
    void aLifetimeWithinThePolicyIsGranted(@Nullable Duration requested, Duration granted) {
        assertThat(crm().lifetime(requested)).isEqualTo(granted);
        assertThat(crm().minimumLifetime()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT0S", "PT-1H", "PT168H0.001S"})
    void aLifetimeOutsideOfThePolicyIsRefused(Duration requested) {
        rejected(RejectionCode.EXPIRY_OUT_OF_RANGE, () -> crm().lifetime(requested));
    }

    @Test
    void aPolicyThatSaysNothingOfMailsHasTheDefaultsOfTheSettings() {
        SourcePolicy policy = new OnePolicy("crm");

        assertThat(policy.envelopeFrom()).isNull();
        assertThat(policy.mailsPerHour()).isNull();
        assertThat(policy.mailsPerRecipientPerDay()).isEqualTo(1000);
        assertThat(policy.mailSentEvents()).isFalse();
    }

    @Test
    void thePolicyHasWhatTheSettingsSayOfMails() {
        SourcePolicy policy = new ConfiguredSources(
                        new SourcesProperties(
                                "attachments",
                                Map.of(
                                        "shop",
                                        new SourcesProperties.Source(
                                                null,
                                                List.of(),
                                                List.of(),
                                                null,
                                                List.of(),
                                                List.of(),
                                                DataSize.ofBytes(1),
                                                Duration.ofMinutes(1),
                                                null,
                                                Duration.ofDays(7),
                                                "bounces@example.com",
                                                2000,
                                                5,
                                                true))),
                        List.of())
                .require("shop");

        assertThat(policy.envelopeFrom()).isEqualTo("bounces@example.com");
        assertThat(policy.mailsPerHour()).isEqualTo(2000);
        assertThat(policy.mailsPerRecipientPerDay()).isEqualTo(5);
        assertThat(policy.mailSentEvents()).isTrue();
    }

    private SourcePolicy crm() {
        return policies.require("crm");
    }

    private static SourcesProperties.Source source(
            List<String> senderIds, List<String> prefixes, List<String> contentTypes) {
        return new SourcesProperties.Source(
                null,
                senderIds,
                List.of(),
                null,
                prefixes,
                contentTypes,
                DataSize.ofBytes(1024),
                Duration.ofMinutes(1),
                null,
                Duration.ofDays(7),
                null,
                null,
                1000,
                false);
    }

    private static UploadRequest request(
            List<String> contentTypes, @Nullable Long contentLength, @Nullable Long maxBytes) {
        return new UploadRequest(null, contentTypes, contentLength, maxBytes, null);
    }

    private static List<String> split(String types) {
        return types.isEmpty() ? List.of() : List.of(types.split("\\+"));
    }

    private static RejectedException rejected(RejectionCode code, ThrowingCallable call) {
        RejectedException[] caught = new RejectedException[1];
        assertThatExceptionOfType(RejectedException.class).isThrownBy(call).satisfies(it -> {
            assertThat(it.code()).isEqualTo(code);
            caught[0] = it;
        });
        return caught[0];
    }
}
