package dev.attache.delivery;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.Channel;
import dev.attache.delivery.DeliveryConfiguration.MailWriting;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.ledger.LedgerPreviews.Preview;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The handlers of the mail queues over a preview of the ledger. Mails are composed, and not sent. No limits of mails
 * apply, and no event is published. Their meters are not exported.
 *
 * @param catalog looks up objects with a client whose failures do not stop the worker
 */
record PreviewedDelivery(
        EventCodec codec,
        SourcePolicies policies,
        ObjectCatalog catalog,
        LinkSigner signer,
        MailWriting writing,
        Clock clock) {

    private static final MailDispatcher.Sending COMPOSING = new MailDispatcher.Sending() {

        @Override
        public void withPermit(Runnable work) {
            work.run();
        }

        @Override
        public String send(String deliveryId, Supplier<OutgoingMail> mail) {
            return "composed for " + mail.get().deliveryId();
        }
    };

    LinkIssuedHandler handler(Channel channel, Preview ledger) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new LinkIssuedHandler(
                new LinkIssuedReader(channel, codec, policies),
                DeliveryConfiguration.limits(meters, clock),
                new LinkRenewal(signer, catalog, clock),
                writing.writer(),
                writing.composer(),
                ledger.hashes(),
                new MailDispatcher(ledger.claims(), COMPOSING, clock),
                ledger.dueDownloads(),
                ObjectIndex.NONE,
                (event, mailMessageId) -> {},
                new LateReminders(meters),
                new MailMeters(meters, clock));
    }
}
