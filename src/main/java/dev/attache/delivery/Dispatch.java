package dev.attache.delivery;

import java.util.function.Supplier;

import jakarta.mail.internet.MimeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way out: every mail passes here on its way to the relay. What has to surround the sending (a claim before and
 * a mark after, a circuit breaker, the relay's permitted rate) has its place here.
 */
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final MailTransport transport;

    Dispatch(MailTransport transport) {
        this.transport = transport;
    }

    /**
     * Returns when the relay has taken the mail.
     *
     * @param mail made only when it is to be sent: links are signed and templates filled in for nobody else
     * @throws RuntimeException as {@code mail} and {@link MailTransport#send} do
     */
    void send(String deliveryId, Supplier<MimeMessage> mail) {
        transport.send(mail.get());
        // The id and no more: addresses are personal, and links are secrets.
        log.debug("Mail {} sent", deliveryId);
    }
}
