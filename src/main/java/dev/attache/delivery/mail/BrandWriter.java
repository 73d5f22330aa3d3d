package dev.attache.delivery.mail;

import dev.attache.encoding.PercentEncoding;
import dev.attache.source.SourceIdentity;
import dev.attache.wording.BrandColor;
import dev.attache.wording.Wording;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes how a source presents itself in a mail: its colour, its logo, and the links at the end. */
final class BrandWriter {

    /** Of sources without a colour, and those whose colour has not enough contrast; as in {@code pages.css}. */
    private static final String COLOR = "#1d5fd1";

    private static final String DARK_COLOR = "#6ea8fe";

    private BrandWriter() {}

    static MailContent.Brand write(SourceIdentity identity, Wording wording) {
        Optional<BrandColor> color = Optional.ofNullable(identity.color()).map(BrandColor::parse);
        URI logo = identity.logo();
        return new MailContent.Brand(
                color.filter(BrandColor::isForLightDesign).map(BrandColor::hex).orElse(COLOR),
                color.filter(BrandColor::isForDarkDesign).map(BrandColor::hex).orElse(DARK_COLOR),
                logo == null ? null : logo.toString(),
                links(identity, wording));
    }

    private static List<MailContent.FooterLink> links(SourceIdentity identity, Wording wording) {
        List<MailContent.FooterLink> links = new ArrayList<>();
        String contact = identity.contact();
        if (contact != null) {
            String label = wording.text("identity.contact");
            // A contact is a mail address or a URL. Only the address can be read as it stands.
            links.add(
                    contact.contains("://")
                            ? new MailContent.FooterLink(label, label, contact, contact)
                            : new MailContent.FooterLink(label, contact, mailto(contact), contact));
        }
        add(links, wording.text("identity.imprint"), identity.imprint());
        add(links, wording.text("identity.privacy"), identity.privacy());
        return links;
    }

    /** RFC 6068: characters such as {@code ?} and {@code &} are allowed in addresses, and encoded in their URLs. */
    private static String mailto(String address) {
        int at = address.lastIndexOf('@');
        return "mailto:" + PercentEncoding.VALUE.encode(address.substring(0, at)) + address.substring(at);
    }

    private static void add(List<MailContent.FooterLink> links, String label, @Nullable URI uri) {
        if (uri != null) {
            links.add(new MailContent.FooterLink(label, label, uri.toString(), uri.toString()));
        }
    }
}
