package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/** The relay refuses this mail for good. */
public final class MailRefusedException extends MailNotSentException {

    private final boolean addressInvalid;

    /** @param addressInvalid whether the relay says that there is no such recipient */
    MailRefusedException(String message, @Nullable String reply, boolean addressInvalid) {
        super(message, reply, null);
        this.addressInvalid = addressInvalid;
    }

    public boolean addressInvalid() {
        return addressInvalid;
    }
}
