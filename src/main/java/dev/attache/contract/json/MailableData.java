package dev.attache.contract.json;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.PurchaseCompleted;
import dev.attache.contract.UnsubscribeUrls;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import org.jspecify.annotations.Nullable;

/** Checks what schemas cannot: that mails can be sent to the addresses in an event's data. */
final class MailableData {

    private MailableData() {}

    /** @throws RejectedException {@code ADDRESS_INVALID}, or {@code CONTRACT_VIOLATION} for an unsubscribe link */
    static void require(Object data) {
        switch (data) {
            case AttachmentRequested request -> requireRequest(request, "$.data");
            case AudiencePart part -> requireRequest(part.request(), "$.data.request");
            case PurchaseCompleted purchase -> Addresses.requireMailable(purchase.customer(), "$.data.customer");
            case LinkRevokeRequested revoke -> requireRecipient(revoke.recipient());
            case LinkExtendRequested extend -> requireRecipient(extend.recipient());
            default -> {}
        }
    }

    private static void requireRecipient(@Nullable Recipient ofLinks) {
        if (ofLinks != null) {
            Addresses.requireMailable(ofLinks, "$.data.recipient");
        }
    }

    private static void requireRequest(AttachmentRequested request, String path) {
        Addresses.requireMailable(request.recipients(), path + ".recipients");
        Addresses.requireMailable(request.toNotify(), path + ".notify");
        for (int i = 0; i < request.recipients().size(); i++) {
            UnsubscribeUrls.requireUsable(request, request.recipients().get(i), path + ".recipients[" + i + "]");
        }
    }
}
