package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.UploadTerms;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the labelled values of a mail, and the limits of its page. */
final class FactsWriter {

    private static final int ORDER_LIMIT = 100;

    private FactsWriter() {}

    static List<MailContent.Fact> facts(LinkIssued issued, Wording wording) {
        List<MailContent.Fact> facts = new ArrayList<>();
        order(issued).ifPresent(order -> {
            String id = DisplayText.line(order.orderId(), ORDER_LIMIT);
            if (!id.isEmpty()) {
                facts.add(fact("order", id, wording));
            }
            facts.add(fact("purchased", wording.date(order.purchasedAt()), wording));
        });
        received(issued, wording, facts);
        earliestExpiry(issued).ifPresent(expiry -> facts.add(fact("until", wording.date(expiry), wording)));
        UploadTerms terms = issued.upload();
        if (terms != null) {
            facts.add(fact("types", wording.types(terms.contentTypes()), wording));
            Long exact = terms.contentLength();
            facts.add(fact(
                    "size",
                    exact != null
                            ? wording.statedSize(exact)
                            : wording.text("fact.size.most", wording.statedSize(terms.maxBytes())),
                    wording));
        }
        return facts;
    }

    /** Of several files, a receipt states the time with each. */
    private static void received(LinkIssued issued, Wording wording, List<MailContent.Fact> facts) {
        ReceivedUpload received = issued.received();
        if (received == null) {
            return;
        }
        ReceivedTexts texts = new ReceivedTexts(received, wording);
        boolean receipt = issued.purpose() == LinkIssued.Purpose.RECEIPT;
        if (!receipt) {
            texts.sender().ifPresent(sender -> facts.add(fact("from", sender, wording)));
        }
        texts.request().ifPresent(request -> facts.add(fact("request", request, wording)));
        facts.add(fact("reference", texts.reference(), wording));
        if (!receipt || received.files().size() == 1) {
            facts.add(fact("received", texts.receivedOn(), wording));
        }
    }

    /** The order of a purchase. In reminders and renewals, too. */
    static Optional<DownloadPage.Order> order(LinkIssued issued) {
        return Optional.ofNullable(issued.page())
                .map(DownloadPage::order)
                .or(() -> Optional.ofNullable(issued.order()));
    }

    private static MailContent.Fact fact(String name, String value, Wording wording) {
        return new MailContent.Fact(wording.text("fact." + name), value);
    }

    /** The links may expire at different times; the mail states the earliest. A receipt has none. */
    private static Optional<Instant> earliestExpiry(LinkIssued issued) {
        return issued.links().stream().map(Link::expiresAt).min(Comparator.naturalOrder());
    }

    /** What the recipient can do how often, and what the page asks for first; empty without a page. */
    static List<String> limits(LinkIssued issued, Wording wording) {
        List<String> limits = new ArrayList<>();
        DownloadPage page = issued.page();
        if (page == null) {
            return limits;
        }
        String each = page.items().size() == 1 ? "" : ".each";
        Integer most = page.maxDownloads();
        if (page.oneTime() || (most != null && most == 1)) {
            limits.add(wording.text("limit.once" + each));
        } else if (most != null) {
            limits.add(wording.text("limit.times" + each, most));
        }
        if (page.confirmAddress()) {
            limits.add(wording.text("limit.confirm"));
        }
        return limits;
    }
}
