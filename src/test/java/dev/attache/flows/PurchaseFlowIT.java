package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SandboxTest
class PurchaseFlowIT {

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Test
    void aPurchaseCausesOneMailWithAWorkingLinkForEachItem() {
        String bo = Recipients.someone();

        upstream.send(
                "purchases-completed", Events.event(Events.newId(), "purchase.completed", "shop", """
                    {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"%s","name":"Bo"},
                     "items":[{"sku":"ebook-1","title":"Streams in Practice","attachment":{"key":"downloads/shop/streams.epub"}},
                              {"sku":"ebook-1b","title":"Streams again","attachment":{"key":"downloads/shop/streams.epub",
                               "fileName":"again.epub"}}]}\
                    """.formatted(bo)));

        ReceivedMail mail = mailbox.await(bo);
        assertThat(mail.text()).contains("Streams in Practice", "Streams again");
        String page = mail.links().getFirst();
        assertThat(Recipients.download(page, 0).statusCode()).isEqualTo(200);
        assertThat(Recipients.download(page, 1).headers().firstValue("content-disposition"))
                .hasValueSatisfying(disposition -> assertThat(disposition).contains("again.epub"));
        assertThat(mailbox.mails(bo)).hasSize(1);
    }
}
