package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.delivery.mail.Delivery;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.keys.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditedPagesUnitTests {

    private static final String URL = "https://pages.example/d/";

    private static final Recipient ANA = new Recipient("ana@example.com");

    private final Keys keys = Keys.of(List.of(new Keys.Key("locator", new byte[32])));

    private final DeliveryHashes hashes = new DeliveryHashes(keys);

    private final PageTokens tokens = new PageTokens(keys);

    private static CloudEvent<LinkIssued> event(LinkIssued issued) {
        return new CloudEvent<>(
                "3b1d0e54-7a53-4d53-8f0c-0e3a4e0f0c11",
                "crm",
                EventType.LINK_ISSUED,
                Samples.ISSUED,
                null,
                null,
                issued);
    }

    private static CloudEvent<LinkIssued> mail(Purpose purpose) {
        Delivery delivery = Samples.pageDelivery(purpose, ANA, null, Samples.page(Samples.item(null, "a.pdf")));
        return event(delivery.issued());
    }

    @Test
    void theLinkLeadsToThePageThatIsStoredWithTheClaimOfTheEditedMail() {
        CloudEvent<LinkIssued> edited = mail(Purpose.DOWNLOAD);

        CloudEvent<LinkIssued> adapted =
                new EditedPages(URL).adapted(edited, hashes, tokens).orElseThrow();

        Link link = adapted.data().links().getFirst();
        assertThat(link.url().reveal()).startsWith(URL);
        assertThat(tokens.read(link.url().reveal().substring(URL.length())))
                .hasValue(new PageToken(MailClaim.of(adapted, ANA, hashes).key().delivery(), 0));
        assertThat(adapted.data().withLinks(edited.data().links())).isEqualTo(edited.data());
    }

    @Test
    void aLinkToThePageOfAnotherMailStaysAsItIs() {
        assertThat(new EditedPages(URL).adapted(mail(Purpose.REMINDER), hashes, tokens))
                .isEmpty();
        assertThat(new EditedPages(URL).adapted(mail(Purpose.RENEWAL), hashes, tokens))
                .isEmpty();
    }

    @Test
    void aMailWithoutPageStaysAsItIs() {
        LinkIssued issued = Samples.delivery(Purpose.UPLOAD, ANA, null, Samples.uploadPage("https://pages.example/u/1"))
                .issued();

        assertThat(new EditedPages(URL).adapted(event(issued), hashes, tokens)).isEmpty();
    }
}
