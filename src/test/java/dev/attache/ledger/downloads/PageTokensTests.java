package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.ledger.keys.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTests {

    private static final int MANY = 100_000;

    private static final DeliveryKey KEY =
            new DeliveryKey(0x0123456789abcdefL, -2L, UUID.fromString(PageBuilder.DELIVERY));

    private final Keys.Key first = key("2026-11", 1);

    private final Keys.Key second = key("2026-12", 2);

    private final PageTokens tokens = tokens(first);

    private static Keys.Key key(String id, int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return new Keys.Key(id, secret);
    }

    private static PageTokens tokens(Keys.Key... keys) {
        return new PageTokens(Keys.of(List.of(keys)));
    }

    private static DeliveryKey randomKey(Random random) {
        return new DeliveryKey(random.nextLong(), random.nextLong(), new UUID(random.nextLong(), random.nextLong()));
    }

    private static byte[] decoded(String token) {
        return Base64.getUrlDecoder().decode(token);
    }

    private static String encoded(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Computes the token from its description in docs/decisions. */
    @Test
    void tokenHasTheDocumentedForm() throws GeneralSecurityException {
        byte[] secret = new byte[32];
        new Random(1).nextBytes(secret);
        ByteBuffer signed = ByteBuffer.allocate(34)
                .putLong(KEY.request())
                .putLong(KEY.recipient())
                .putLong(KEY.delivery().getMostSignificantBits())
                .putLong(KEY.delivery().getLeastSignificantBits())
                .put(MessageDigest.getInstance("SHA-256").digest("2026-11".getBytes(StandardCharsets.US_ASCII))[0])
                .put((byte) 200);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        mac.update("download-page\0".getBytes(StandardCharsets.US_ASCII));
        byte[] code = Arrays.copyOf(mac.doFinal(signed.array()), 16);

        assertThat(tokens.token(KEY, 200))
                .isEqualTo(encoded(
                        ByteBuffer.allocate(50).put(signed.array()).put(code).array()));
    }

    @Test
    void genuineTokensHave67CharactersAndAreReadBack() {
        Random random = new Random(14);
        for (int i = 0; i < 1000; i++) {
            DeliveryKey key = randomKey(random);
            int generation = random.nextInt(PageTokens.LAST_GENERATION + 1);

            String token = tokens.token(key, generation);

            assertThat(token).matches("[A-Za-z0-9_-]{67}");
            assertThat(tokens.read(token)).contains(new PageToken(key, generation));
        }
    }

    @Test
    void tokenWithOneChangedBitIsRefused() {
        Random random = new Random(14);
        for (int i = 0; i < MANY; i++) {
            byte[] token = decoded(tokens.token(randomKey(random), random.nextInt(4)));
            int bit = random.nextInt(token.length * Byte.SIZE);
            token[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(tokens.read(encoded(token)))
                    .as("token %d, bit %d", i, bit)
                    .isEmpty();
        }
    }

    @Test
    void textWithOneChangedBitIsRefused() {
        Random random = new Random(15);
        for (int i = 0; i < MANY; i++) {
            byte[] text = tokens.token(randomKey(random), 0).getBytes(StandardCharsets.ISO_8859_1);
            int bit = random.nextInt(text.length * Byte.SIZE);
            text[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(tokens.read(new String(text, StandardCharsets.ISO_8859_1)))
                    .as("token %d, bit %d", i, bit)
                    .isEmpty();
        }
    }

    @Test
    void otherTextsForTheSameBytesAreRefused() {
        String token = tokens.token(KEY, 0);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String start = token.substring(0, token.length() - 1);

        List<String> sameBytes = alphabet.chars()
                .mapToObj(last -> start + (char) last)
                .filter(text -> Arrays.equals(decoded(text), decoded(token)))
                .toList();

        assertThat(sameBytes).hasSize(4);
        assertThat(sameBytes.stream().filter(text -> tokens.read(text).isPresent()))
                .containsExactly(token);
        assertThat(tokens.read(token + "=")).isEmpty();
        assertThat(tokens.read(" " + token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "é", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void otherTextIsRefused(String text) {
        assertThat(tokens.read(text)).isEmpty();
    }

    @Test
    void tokensOfAnOlderKeyAreReadAndNewOnesUseTheNewestKey() {
        PageTokens rotated = tokens(second, first);

        assertThat(rotated.read(tokens.token(KEY, 0))).contains(new PageToken(KEY, 0));
        assertThat(rotated.token(KEY, 0)).isEqualTo(tokens(second).token(KEY, 0));
    }

    @Test
    void tokensOfARemovedKeyAreRefused() {
        assertThat(tokens(second).read(tokens.token(KEY, 0))).isEmpty();
    }

    @Test
    void tokenOfAnotherKeyWithTheSameIdIsRefused() {
        assertThat(tokens(key("2026-11", 3)).read(tokens.token(KEY, 0))).isEmpty();
    }

    @Test
    void allKeysWithTheSameTagAreTried() {
        Keys.Key sameTag = sameTag("2026-11");

        assertThat(tokens(sameTag, first).read(tokens.token(KEY, 1))).contains(new PageToken(KEY, 1));
    }

    @Test
    void otherHmacsOfTheKeyAreNotTokens() {
        byte[] token = decoded(tokens.token(KEY, 0));
        byte[] code = first.hmac("page", Arrays.copyOf(token, 34));
        System.arraycopy(code, 0, token, 34, 16);

        assertThat(tokens.read(encoded(token))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void generationThatDoesNotFitIsRefused(int generation) {
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.token(KEY, generation));
    }

    @Test
    void contentOfATokenDoesNotShowIt() {
        String token = tokens.token(KEY, 0);
        String code = token.substring(token.length() - 20);

        assertThat(tokens.read(token).toString()).doesNotContain(code);
        assertThat(tokens.toString()).doesNotContain(code);
    }

    private static Keys.Key sameTag(String id) {
        byte tag = decoded(tokens(key(id, 1)).token(KEY, 0))[32];
        for (int i = 0; ; i++) {
            Keys.Key other = key("other-" + i, i);
            if (decoded(tokens(other).token(KEY, 0))[32] == tag) {
                return other;
            }
        }
    }
}
