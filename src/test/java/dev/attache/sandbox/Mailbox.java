package dev.attache.sandbox;

import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The mails of the sandbox by recipient, for tests. Each test uses its own address. */
public final class Mailbox {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CatchAllMail mail;

    public Mailbox(CatchAllMail mail) {
        this.mail = mail;
    }

    /**
     * Waits for the first mail to an address.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if none arrives within 20 seconds
     */
    public ReceivedMail await(String address) {
        return await(address, found -> true);
    }

    /** Waits for the first matching mail to an address. */
    public ReceivedMail await(String address, Predicate<ReceivedMail> fits) {
        return Awaitility.await("a mail to " + address)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> mails(address).stream().filter(fits).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits for a number of mails to an address. */
    public List<ReceivedMail> await(String address, int count) {
        return Awaitility.await("%d mails to %s".formatted(count, address))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> mails(address), found -> found.size() >= count);
    }

    /** The mails to an address so far, oldest first. */
    public List<ReceivedMail> mails(String address) {
        return mail.mails(stored -> isTo(stored, address)).reversed();
    }

    private static boolean isTo(StoredMessage stored, String address) {
        try {
            @Nullable Address[] recipients = stored.getMimeMessage().getAllRecipients();
            return recipients != null
                    && Arrays.stream(recipients)
                            .anyMatch(recipient -> recipient instanceof InternetAddress internet
                                    && address.equalsIgnoreCase(internet.getAddress()));
        } catch (MessagingException unreadable) {
            return false;
        }
    }
}
