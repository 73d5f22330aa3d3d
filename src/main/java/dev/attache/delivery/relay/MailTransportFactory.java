package dev.attache.delivery.relay;

import dev.attache.delivery.relay.TransportProperties.Transport;
import java.time.Duration;

/** Creates the transport of one kind. {@code attache.mail.transport} selects the factory to use. */
public interface MailTransportFactory {

    /** The kind of transport that this factory creates. */
    Transport transport();

    /** How long sending one mail can take, and what determines it. */
    SendingTime longestSendingTime();

    /**
     * Creates the transport.
     *
     * @param sender the address of {@code attache.mail.from}, without a name
     */
    MailTransport create(String sender);

    /**
     * The longest time that sending one mail can take.
     *
     * @param settings what determines it, for error messages
     */
    record SendingTime(Duration longest, String settings) {}
}
