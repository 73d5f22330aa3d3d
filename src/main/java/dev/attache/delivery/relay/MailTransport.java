package dev.attache.delivery.relay;

/** A way to send mails. */
public interface MailTransport extends AutoCloseable {

    /**
     * Sends a mail. When it returns, the relay has taken responsibility for the mail (RFC 5321, section 4.2.5).
     *
     * @return the relay's reply, which may contain addresses
     * @throws RelayDownException if the relay accepts no mail now
     * @throws RelayBusyException if no connection became free in time
     * @throws MailDeferredException if the relay may accept this mail later
     * @throws MailRefusedException if the relay refuses this mail permanently
     * @throws DeliveryUncertainException if it is unknown whether the relay accepted the mail
     */
    String send(OutgoingMail mail);

    /** Whether {@link #probe} is supported. */
    default boolean canProbe() {
        return false;
    }

    /**
     * Tests without a mail whether the relay accepts mails.
     *
     * @throws RelayDownException if it does not
     */
    default void probe() {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
