package dev.attache.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends by SMTP, through any relay. */
final class SmtpTransport implements MailTransport {

    /**
     * A permanent reply about a mailbox: "unavailable", "not local" or "name not allowed" (RFC 5321, section 4.2.3),
     * with the enhanced status code where the relay gives one (RFC 3463; in class 5, subject 1 is about the address).
     */
    private static final Pattern REFUSAL =
            Pattern.compile("(550|551|553)[ -](?:5\\.(\\d{1,3})\\.\\d{1,3}\\b)?.*", Pattern.DOTALL);

    private final JavaMailSender sender;

    SmtpTransport(JavaMailSender sender) {
        this.sender = sender;
    }

    @Override
    public void send(MimeMessage mail) {
        try {
            sender.send(mail);
        } catch (MailSendException e) {
            List<Throwable> causes = causes(e);
            if (causes.stream().anyMatch(SmtpTransport::namesAnInvalidAddress)) {
                causes.stream().flatMap(SmtpTransport::refusal).findFirst().ifPresent(reply -> {
                    // The relay's words are left out: many repeat the address, and this text travels.
                    throw new RejectedException(RejectionCode.ADDRESS_INVALID,
                            "The mail relay refused the recipient's address for good (SMTP reply %s)".formatted(reply));
                });
            }
            throw e;
        }
    }

    /** Only a refused RCPT does; a sender or a content that is refused leaves the address valid. */
    private static boolean namesAnInvalidAddress(Throwable cause) {
        return cause instanceof SendFailedException failed && failed.getInvalidAddresses() != null
                && failed.getInvalidAddresses().length > 0;
    }

    /**
     * The code of a reply that concerns the mailbox. A 550 also stands for "I do not relay for you" and "your network
     * is blocked", which is about us and may pass; the enhanced status tells them apart.
     */
    private static Stream<String> refusal(Throwable cause) {
        Matcher reply = REFUSAL.matcher(String.valueOf(cause.getMessage()).strip());
        return reply.matches() && (reply.group(2) == null || reply.group(2).equals("1")) ? Stream.of(reply.group(1))
                : Stream.empty();
    }

    /** Spring wraps one exception for each mail, and Jakarta Mail chains one for each address beside the causes. */
    private static List<Throwable> causes(MailSendException failure) {
        Deque<Throwable> open = new ArrayDeque<>();
        Collections.addAll(open, failure.getMessageExceptions());
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> causes = new ArrayList<>();
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            causes.add(next);
            if (next instanceof MessagingException chained && chained.getNextException() != null) {
                open.add(chained.getNextException());
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
        }
        return causes;
    }
}
