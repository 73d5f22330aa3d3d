package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.InMemoryS3;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class S3ObjectIndexTests {

    private static final Instant ISSUED = Instant.parse("2026-11-21T11:00:00Z");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final DeliveryHashes hashes = new DeliveryHashes(Keys.of(List.of(new Keys.Key("locator", new byte[32]))));

    private final ObjectIndex index = new S3ObjectIndex(s3, hashes, "attachments", "ledger/");

    private static DeliveryKey key(int number) {
        return new DeliveryKey(number, number, new UUID(7, number));
    }

    private static ObjectRef object(String key) {
        return new ObjectRef("files", key, null);
    }

    private static IssuedPage page(Instant issuedAt, ObjectRef... objects) {
        return new IssuedPage(
                "crm",
                null,
                "r-1",
                "d-1",
                Purpose.DOWNLOAD,
                new Recipient("ana@example.com"),
                null,
                issuedAt,
                new DownloadPage(
                        Stream.of(objects)
                                .map(object -> new DownloadPage.Item(object, null, "a.pdf", 1L, null))
                                .toList(),
                        issuedAt.plusSeconds(60),
                        null,
                        false,
                        false,
                        null,
                        false,
                        null),
                Channel.EMAIL,
                null,
                null);
    }

    @Test
    void deliveriesAreFoundByEachObjectOfTheirPage() {
        index.add(key(1), page(ISSUED, object("a"), new ObjectRef("files", "b", "v1")));
        index.add(key(2), page(ISSUED.plusSeconds(60), object("b")));

        assertThat(index.find("crm", object("a"), Optional.empty(), 10).deliveries())
                .containsExactly(key(1));
        assertThat(index.find("crm", new ObjectRef("files", "b", "v2"), Optional.empty(), 10)
                        .deliveries())
                .as("of any version, the earliest first")
                .containsExactly(key(1), key(2));
        assertThat(index.find("shop", object("a"), Optional.empty(), 10).deliveries())
                .isEmpty();
    }

    @Test
    void eachObjectIsOneWriteAndAddingItAgainChangesNothing() {
        IssuedPage page = page(ISSUED, object("a"), object("a"), object("b"));
        index.add(key(1), page);
        assertThat(s3.puts).isEqualTo(2);
        List<String> keys = List.copyOf(s3.objects.keySet());

        index.add(key(1), page);

        assertThat(s3.objects.keySet()).containsExactlyElementsOf(keys);
    }

    @Test
    void neitherAddressesNorKeysCanBeReadFromTheIndex() {
        index.add(key(1), page(ISSUED, object("contracts/ana.pdf")));

        assertThat(s3.objects.firstEntry().getKey())
                .startsWith("ledger/index/objects/")
                .doesNotContain("ana");
        assertThat(s3.objects.firstEntry().getValue()).isEmpty();
    }

    @Test
    void manyDeliveriesAreListedInParts() {
        for (int i = 0; i < 25; i++) {
            index.add(key(i), page(ISSUED.plusSeconds(60L * i), object("a")));
        }

        List<DeliveryKey> listed = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            ObjectIndex.Part part = index.find("crm", object("a"), next, 10);
            listed.addAll(part.deliveries());
            next = part.next();
        } while (next.isPresent());

        assertThat(listed).hasSize(25).startsWith(key(0)).endsWith(key(24));
    }

    @Test
    void withoutAnIndexNothingIsKept() {
        ObjectIndex.NONE.add(key(1), page(ISSUED, object("a")));

        assertThat(ObjectIndex.NONE.isKept()).isFalse();
        assertThat(ObjectIndex.NONE
                        .find("crm", object("a"), Optional.empty(), 10)
                        .deliveries())
                .isEmpty();
    }
}
