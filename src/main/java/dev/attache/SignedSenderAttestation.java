package dev.attache;

import dev.attache.binder.message.SenderAttestation;
import dev.attache.encoding.Sha256;
import dev.attache.ledger.keys.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs statements about the sender of a message with a key of the installation: {@code 1 <key id> <seconds since 1970>
 * <HMAC in base64url> <sender id>}. The HMAC covers queue, body, time and sender. A statement preserves what SQS
 * reported and grants nothing: a sender that is refused is refused after a redrive as well.
 *
 * <p>A principal that can read the dead-letter queue and send to the original queue can send a message with its
 * statement again. The events that follow have the same ids as before, so no mail is sent twice as long as the claims
 * on its mails are kept. A statement is valid for a shorter time than that.
 */
final class SignedSenderAttestation implements SenderAttestation {

    /**
     * 14 days in the dead-letter queue, 4 in the queue, and a reserve; shorter than the time for which claims are kept.
     */
    static final Duration VALID = Duration.ofDays(21);

    private static final String PURPOSE = "sender of a dead letter";

    private static final Pattern SENDER = Pattern.compile("[!-~]{1,256}");

    private static final Pattern FORM =
            Pattern.compile("1 ([A-Za-z0-9_-]{1,32}) ([0-9]{1,12}) ([A-Za-z0-9_-]{43}) (" + SENDER + ")");

    private final Keys keys;

    private final boolean needed;

    private final Clock clock;

    /** @param needed whether a source is pinned to senders; otherwise no statement is made and no key is read */
    SignedSenderAttestation(Keys keys, boolean needed, Clock clock) {
        this.keys = keys;
        this.needed = needed;
        this.clock = clock;
    }

    @Override
    public Optional<String> attest(String queue, String body, String senderId) {
        if (!needed || !SENDER.matcher(senderId).matches()) {
            return Optional.empty();
        }
        Keys.Key key = keys.newest();
        String seconds = Long.toString(clock.instant().getEpochSecond());
        String hmac = Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, queue, body, seconds, senderId));
        return Optional.of(String.join(" ", "1", key.id(), seconds, hmac, senderId));
    }

    @Override
    public Optional<String> senderOf(String queue, String body, String statement) {
        Matcher parts = FORM.matcher(statement);
        if (!needed || !parts.matches()) {
            return Optional.empty();
        }
        String seconds = parts.group(2);
        String senderId = parts.group(4);
        byte[] given = Base64.getUrlDecoder().decode(parts.group(3));
        boolean authentic = keys.all().stream()
                .filter(key -> key.id().equals(parts.group(1)))
                .anyMatch(key -> MessageDigest.isEqual(given, hmac(key, queue, body, seconds, senderId)));
        boolean valid = Long.parseLong(seconds) >= clock.instant().minus(VALID).getEpochSecond();
        return authentic && valid ? Optional.of(senderId) : Optional.empty();
    }

    /** Only the last part can contain a line end, so no two messages have the same text. */
    private static byte[] hmac(Keys.Key key, String queue, String body, String seconds, String senderId) {
        String text = String.join("\n", queue, Sha256.hex(body), seconds, senderId);
        return key.hmac(PURPOSE, text.getBytes(StandardCharsets.UTF_8));
    }
}
