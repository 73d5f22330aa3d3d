package dev.attache.ledger.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.ledger.keys.Keys.Key;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTests {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Key key = new Key("2026-11", SECRET);

    /** Computed with {@code printf 'page\0hello' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef}. */
    @Test
    void hmacIsOfPurposeNulAndMessage() {
        assertThat(HexFormat.of().formatHex(key.hmac("page", "hello".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("d0ebce699622632a1e63a438955945e90400108c56f235b65a3783bdd17f2754");
    }

    @Test
    void hmacDependsOnPurposeAndKey() {
        byte[] message = {1, 2, 3};
        byte[] other = SECRET.clone();
        other[31] ^= 1;

        assertThat(key.hmac("page", message))
                .isNotEqualTo(key.hmac("pages", message))
                .isNotEqualTo(new Key("2026-11", other).hmac("page", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "page\0x"})
    void ambiguousPurposeIsRefused(String purpose) {
        assertThatIllegalArgumentException().isThrownBy(() -> key.hmac(purpose, new byte[0]));
    }

    @Test
    void textDoesNotContainTheSecret() {
        assertThat(key).hasToString("Key[2026-11]");
    }

    @Test
    void changingTheArrayDoesNotChangeTheKey() {
        byte[] secret = SECRET.clone();
        Key copied = new Key("2026-11", secret);
        secret[0] = 0;

        assertThat(copied.hmac("page", new byte[1])).isEqualTo(key.hmac("page", new byte[1]));
    }

    @Test
    void shortKeysAndMalformedIdsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key("a", new byte[31]))
                .withMessageContaining("31 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("a.b", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> Keys.of(List.of()));
    }

    @Test
    void linesAreReadInOrder() {
        List<Key> keys =
                KeyLines.read(List.of(KeyLines.write("new", SECRET), " old:" + base64(40) + " "), i -> "line " + i);

        assertThat(keys).extracting(Key::id).containsExactly("new", "old");
        assertThat(keys.getFirst().hmac("page", new byte[1])).isEqualTo(key.hmac("page", new byte[1]));
    }

    static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
