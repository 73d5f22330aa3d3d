package dev.attache.sandbox;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A mail server with one mailbox for all recipients. User and password for IMAP are {@code sandbox}; SMTP needs none.
 */
public final class CatchAllMail implements AutoCloseable {

    public static final String USER = "sandbox";

    private static final Duration START = Duration.ofMinutes(1);

    private final GreenMail server;
    private final GreenMailUser user;
    private final int smtpPort;
    private final int imapPort;

    public CatchAllMail(int smtpPort, int imapPort) {
        this.smtpPort = smtpPort;
        this.imapPort = imapPort;
        var setups = new ServerSetup[] {
            new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(imapPort, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        };
        for (var setup : setups) {
            // Two seconds otherwise, which a busy machine may exceed.
            setup.setServerStartupTimeout(START.toMillis());
        }
        this.server = new GreenMail(setups);
        server.start();
        this.user = server.setUser("sandbox@localhost", USER, USER);
        server.getUserManager().setMessageDeliveryHandler((message, recipient) -> user);
    }

    /** All mails, newest first. */
    public List<ReceivedMail> mails() {
        return mails(mail -> true);
    }

    /** The mails that match, newest first. The others are not parsed. */
    List<ReceivedMail> mails(Predicate<StoredMessage> fits) {
        return stored().stream()
                .filter(fits)
                .map(ReceivedMail::of)
                .sorted(Comparator.comparingLong(ReceivedMail::uid).reversed())
                .toList();
    }

    /** One mail by its number in the mailbox. */
    public Optional<ReceivedMail> mail(long uid) {
        return mails(stored -> stored.getUid() == uid).stream().findFirst();
    }

    public int smtpPort() {
        return smtpPort;
    }

    public int imapPort() {
        return imapPort;
    }

    /** A copy of GreenMail's list, to which it adds mails at any time. */
    private List<StoredMessage> stored() {
        try {
            return List.copyOf(
                    server.getManagers().getImapHostManager().getInbox(user).getMessages());
        } catch (FolderException failed) {
            throw new IllegalStateException("The sandbox's mailbox cannot be read", failed);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
