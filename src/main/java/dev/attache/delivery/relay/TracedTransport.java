package dev.attache.delivery.relay;

import dev.attache.tracing.Traces;
import java.util.Map;

/**
 * Adds a span for each mail, in the trace of its message.
 *
 * @param kind the kind of the transport, such as {@code smtp}
 */
record TracedTransport(MailTransport transport, String kind, Traces traces) implements MailTransport {

    @Override
    public String send(OutgoingMail mail) {
        return traces.client(
                "send mail",
                Map.of("attache.mail.transport", kind, "attache.delivery.id", mail.deliveryId()),
                () -> transport.send(mail));
    }

    @Override
    public boolean canProbe() {
        return transport.canProbe();
    }

    @Override
    public void probe() {
        transport.probe();
    }

    @Override
    public void close() {
        transport.close();
    }
}
