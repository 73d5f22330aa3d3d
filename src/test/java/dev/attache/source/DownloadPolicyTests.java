package dev.attache.source;

import static dev.attache.source.PolicyFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectionCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadPolicyTests {

    private final SourcePolicies policies = PolicyFixtures.policies();

    @Test
    void aDownloadIsAKeyUnderAPrefixInTheDefaultBucket() {
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
    void aKeyOutsideOfThePrefixesIsRefused(String key) {
        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> crm().download(new AttachmentRef(null, key, null, null), null));
    }

    @Test
    void aKeyLongerThanS3AllowsIsRefused() {
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
    void aReservedPrefixIsRefused(String key) {
        SourcePolicy greedy = policies.require("greedy");

        rejected(RejectionCode.KEY_NOT_ALLOWED, () -> greedy.download(new AttachmentRef(null, key, null, null), null));
        assertThat(greedy.download(new AttachmentRef(null, "downloads/x", null, null), null))
                .isNotNull();
    }

    @Test
    void aSubjectReachesOnlyItsOwnFolder() {
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

    private SourcePolicy crm() {
        return policies.require("crm");
    }
}
