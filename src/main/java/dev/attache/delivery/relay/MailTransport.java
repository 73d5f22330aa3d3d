package dev.attache.delivery.relay;

/** A relay that mails leave by. */
public interface MailTransport extends AutoCloseable {

    /**
     * Hands a finished mail to the relay. When it returns, the relay has taken responsibility for the mail (RFC 5321,
     * section 4.2.5).
     *
     * @throws RelayDownException the relay is not usable for any mail now
     * @throws MailDeferredException this mail was not taken now, and may be later
     * @throws MailRefusedException this mail is refused for good
     * @throws DeliveryUncertainException nobody knows whether the mail was taken
     */
    void send(OutgoingMail mail);

    /** Whether {@link #probe} can be asked. */
    default boolean canProbe() {
        return false;
    }

    /**
     * Finds out, without a mail, whether the relay is usable.
     *
     * @throws RelayDownException when it is not
     */
    default void probe() {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
