package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.intake.BucketInMemory;
import dev.attache.story.SharedObjects.Folder;
import dev.attache.story.SharedObjects.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

class SharedObjectsTests extends StoryTestBase {

    private final List<ListObjectsV2Request> asked = new ArrayList<>();

    private final SharedObjects objects = new SharedObjects(new ListingS3(), new BucketInMemory(), policies, sources);

    /** Lists two objects for every prefix. */
    private final class ListingS3 implements S3Client {

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            asked.add(request);
            return ListObjectsV2Response.builder()
                    .contents(
                            S3Object.builder()
                                    .key(request.prefix() + "a.pdf")
                                    .size(5L)
                                    .lastModified(ISSUED)
                                    .build(),
                            S3Object.builder()
                                    .key(request.prefix() + "a//b")
                                    .size(5L)
                                    .lastModified(ISSUED)
                                    .build())
                    .commonPrefixes(it -> it.prefix(request.prefix() + "2026/"))
                    .nextContinuationToken("next")
                    .isTruncated(true)
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    @Test
    void foldersAreThoseOfTheSourceWithTheSubject() {
        assertThat(objects.sources()).containsExactly("bank", "crm");
        assertThat(objects.places("crm", null).folders()).containsExactly("downloads/crm/");
        assertThat(objects.places("crm", null).needsSubject()).isTrue();
        assertThat(objects.places("crm", "4711").folders()).containsExactly("downloads/crm/", "customers/4711/");
        assertThat(objects.places("crm", "../bank").folders()).containsExactly("downloads/crm/");
    }

    @Test
    void onlyObjectsThatTheSourceMayLinkToAreListed() {
        Folder folder = objects.list("crm", null, "", "downloads/crm/", Optional.empty());

        assertThat(folder.objects()).extracting(Listed::key).containsExactly("downloads/crm/a.pdf");
        assertThat(folder.folders()).containsExactly("downloads/crm/2026/");
        assertThat(folder.next()).hasValue("next");
        assertThat(asked.getFirst().bucket()).isEqualTo("files");
    }

    @Test
    void whatASourceMayNotLinkToIsNotEvenAskedFor() {
        assertThat(objects.list("crm", null, "", "ledger/", Optional.empty()).objects())
                .isEmpty();
        assertThat(objects.list("crm", null, "", "downloads/", Optional.empty()).objects())
                .isEmpty();
        assertThat(objects.list("crm", null, "others", "downloads/crm/", Optional.empty())
                        .objects())
                .isEmpty();
        assertThat(asked).isEmpty();
    }
}
