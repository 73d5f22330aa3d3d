package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SandboxTest
class NewsletterFlowIT {

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Test
    void aNewsletterHasAnUnsubscribeLinkForEachRecipient() {
        String ana = Recipients.someone();
        String bo = Recipients.someone();

        upstream.send("attachment-requests", Events.attachmentRequested(Events.newId(), "crm", """
            {"direction":"download","channel":"newsletter","recipients":["%s","%s"],
             "campaign":{"id":"winter-26","unsubscribeUrl":"https://news.example/out?who={recipient}"},
             "attachment":{"key":"downloads/crm/contract-4711.pdf"},"message":{"subject":"Winter"}}\
            """.formatted(ana, bo)));

        for (String address : new String[] {ana, bo}) {
            ReceivedMail mail = mailbox.await(address);
            String out = "https://news.example/out?who=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
            assertThat(mail.header("List-Unsubscribe")).isEqualTo("<" + out + ">");
            assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
            assertThat(mail.links()).contains(out);
            assertThat(Recipients.download(mail.links().getFirst(), 0).statusCode())
                    .isEqualTo(200);
        }
    }
}
