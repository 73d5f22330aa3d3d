package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.keys.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryHashesTests {

    private static final ObjectRef OBJECT = new ObjectRef("b", "k", null);

    private final DeliveryHashes hashes = hashes(1);

    private static Keys.Key key(int secret) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) secret;
        return new Keys.Key("k" + secret, bytes);
    }

    private static DeliveryHashes hashes(int... secrets) {
        return new DeliveryHashes(Keys.of(
                Arrays.stream(secrets).mapToObj(DeliveryHashesTests::key).toList()));
    }

    @Test
    void pathHasBothHashesAndTheDelivery() {
        DeliveryKey key = new DeliveryKey(0x1fL, -1L, UUID.fromString(PageBuilder.DELIVERY));

        assertThat(key.path()).isEqualTo("000000000000001f/ffffffffffffffff-" + PageBuilder.DELIVERY);
    }

    @Test
    void deliveriesOfARequestHaveTheSameFolder() {
        DeliveryKey ana = hashes.key("crm", "1", "ana@example.com", PageBuilder.DELIVERY);
        DeliveryKey bob =
                hashes.key("crm", "1", "bob@example.com", UUID.randomUUID().toString());

        assertThat(ana.request()).isEqualTo(bob.request()).isEqualTo(hashes.request("crm", "1"));
        assertThat(ana.recipient()).isNotEqualTo(bob.recipient()).isEqualTo(hashes.recipient("crm", "ana@example.com"));
        assertThat(ana.delivery()).hasToString(PageBuilder.DELIVERY);
    }

    @Test
    void notationsOfAnAddressHaveTheSameHash() {
        assertThat(hashes.recipient("crm", "ana@BÜCHER.example"))
                .isEqualTo(hashes.recipient("crm", "ana@xn--bcher-kva.example"));
    }

    @Test
    void everythingElseHasAnotherHash() {
        List<Long> all = Stream.of(
                        hashes.request("crm", "1"),
                        hashes.request("crm", "2"),
                        hashes.request("crm1", ""),
                        hashes.request("shop", "1"),
                        hashes.recipient("crm", "ana@example.com"),
                        hashes.recipient("shop", "ana@example.com"),
                        hashes.object("crm", OBJECT),
                        hashes.object("shop", OBJECT),
                        hashes.object("crm", new ObjectRef("bk", "", null)),
                        hashes.object("crm", new ObjectRef("b", "k", "v1")),
                        hashes.object("crm", new ObjectRef("b", "k", "v2")),
                        hashes(2).request("crm", "1"))
                .toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void addedKeyChangesNoHash() {
        assertThat(hashes(2, 1).request("crm", "1")).isEqualTo(hashes.request("crm", "1"));
    }

    @Test
    void idThatIsNotAUuidIsReplacedByOne() {
        DeliveryKey key = hashes.key("crm", "1", "ana@example.com", "../x");

        assertThat(key.path())
                .matches("[0-9a-f]{16}/[0-9a-f]{16}-[0-9a-f-]{36}")
                .doesNotContain("x");
        assertThat(key).isEqualTo(hashes.key("crm", "1", "ana@example.com", "../x"));
    }
}
