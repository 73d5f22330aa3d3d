package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.S3ObjectIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailSearchTests extends StoryTestBase {

    private static final List<String> SOURCES = List.of("bank", "crm");

    @Test
    void mailsAndUploadsOfARecipientAreFoundInAnyNotation() {
        mailed(page("r-1", ANA));
        mailed(page("r-2", "bo@example.com"));
        uploads.open(UploadBuilder.upload(UUID.randomUUID(), ISSUED, ISSUED.plus(Duration.ofDays(1)))
                .requestId("r-3")
                .recipient(new Recipient(ANA))
                .build());
        uploads.open(UploadBuilder.upload(UUID.randomUUID(), ISSUED, ISSUED.plus(Duration.ofDays(1)))
                .requestId("r-4")
                .toNotify(List.of(new Recipient(ANA)))
                .build());

        MailSearch.Found mails = search.toRecipient("Ana@EXAMPLE.com", SOURCES, Optional.empty());
        MailSearch.Found records = search.toRecipient("Ana@EXAMPLE.com", SOURCES, mails.next());

        assertThat(mails.deliveries()).extracting(DeliveryStory::requestId).containsExactly("r-1");
        assertThat(mails.mails()).isEqualTo(2);
        assertThat(records.uploads()).extracting(UploadStory::requestId).containsExactlyInAnyOrder("r-3", "r-4");
        assertThat(records.records()).isEqualTo(2);
        assertThat(records.percent()).isEqualTo(100);
        assertThat(records.next()).isEmpty();
    }

    @Test
    void aSearchSaysHowFarItCameAndContinues() {
        long eighth = 0x2000_0000_0000_0000L;
        for (int i = 0; i < 100 * 1_000 + 500; i++) {
            s3.put("ledger/claims/" + new DeliveryKey(eighth + i, 5, new UUID(7, i)).path());
        }

        MailSearch.Found first = search.toRecipient(ANA, SOURCES, Optional.empty());
        MailSearch.Found second = search.toRecipient(ANA, SOURCES, first.next());

        assertThat(first.mails()).isEqualTo(100_000);
        assertThat(first.percent()).isEqualTo(12 * 9 / 10);
        assertThat(second.mails()).isEqualTo(500);
        assertThat(second.percent()).isEqualTo(90);
        assertThat(s3.lists).isEqualTo(101);
    }

    @Test
    void uploadsOfARequestAreFoundWithoutTheirRecipient() {
        for (int i = 0; i < 600; i++) {
            uploads.open(UploadBuilder.upload(new UUID(i, i), ISSUED, ISSUED.plus(Duration.ofDays(1)))
                    .requestId(i % 300 == 7 ? "r-1" : "r-2")
                    .build());
        }

        List<UploadStory> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            MailSearch.Found part = search.uploadsOf("crm", "r-1", next);
            assertThat(part.records()).isLessThanOrEqualTo(MailSearch.UPLOADS);
            found.addAll(part.uploads());
            next = part.next();
        } while (next.isPresent());

        assertThat(found).hasSize(2);
    }

    @Test
    void mailsOfAnObjectAreFoundInTheIndex() {
        DeliveryKey key = mailed(page("r-1", ANA));
        new S3ObjectIndex(s3, hashes, "attachments", "ledger/").add(key, page("r-1", ANA));

        assertThat(search.hasIndex()).isTrue();
        assertThat(search.toObject("crm", new ObjectRef("files", "downloads/crm/a.pdf", null), Optional.empty())
                        .deliveries())
                .extracting(DeliveryStory::requestId)
                .containsExactly("r-1");
    }
}
