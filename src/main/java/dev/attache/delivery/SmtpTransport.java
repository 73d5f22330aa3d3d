package dev.attache.delivery;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends by SMTP, through any relay. */
final class SmtpTransport implements MailTransport {

    /** An enhanced status code (RFC 3463) in a reply; class 5 is permanent, subject 1 is about the address. */
    private static final Pattern ENHANCED = Pattern.compile("\\b5\\.(\\d{1,3})\\.\\d{1,3}\\b");
    /** "Mailbox unavailable", "user not local" and "mailbox name not allowed" (RFC 5321, section 4.2.3). */
    private static final Set<Integer> ABOUT_THE_MAILBOX = Set.of(550, 551, 553);

    private final JavaMailSender sender;

    SmtpTransport(JavaMailSender sender) {
        this.sender = sender;
    }

    @Override
    public void send(MimeMessage mail) {
        try {
            sender.send(mail);
        } catch (MailSendException e) {
            refusal(e).filter(SmtpTransport::concernsTheAddress).ifPresent(refused -> {
                // The relay's words are left out: many repeat the address, and this text travels.
                throw new RejectedException(RejectionCode.ADDRESS_INVALID,
                        "The mail relay refused the recipient's address for good (SMTP reply %d)"
                                .formatted(refused.getReturnCode()));
            });
            throw e;
        }
    }

    /**
     * A 550 also stands for "I do not relay for you" and "your network is blocked", which is about us and may pass; the
     * enhanced status tells them apart where the relay gives one.
     */
    private static boolean concernsTheAddress(SMTPAddressFailedException refusal) {
        if (!ABOUT_THE_MAILBOX.contains(refusal.getReturnCode())) {
            return false;
        }
        Matcher enhanced = ENHANCED.matcher(String.valueOf(refusal.getMessage()));
        return !enhanced.find() || enhanced.group(1).equals("1");
    }

    /** Spring wraps one exception for each mail, and Jakarta Mail chains one for each address beside the causes. */
    private static Optional<SMTPAddressFailedException> refusal(MailSendException failure) {
        Deque<Throwable> open = new ArrayDeque<>();
        Collections.addAll(open, failure.getMessageExceptions());
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof SMTPAddressFailedException refused) {
                return Optional.of(refused);
            }
            if (next instanceof MessagingException chained && chained.getNextException() != null) {
                open.add(chained.getNextException());
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
        }
        return Optional.empty();
    }
}
