package dev.attache.delivery.mail;

import dev.attache.encoding.PercentEncoding;
import dev.attache.source.SourceIdentity;
import dev.attache.wording.ButtonColor;
import dev.attache.wording.Wording;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes how a source presents itself in a mail: its colour, its logo, and the links at the end. */
final class BrandWriter {

    private BrandWriter() {}

    static MailContent.Brand write(SourceIdentity identity, Wording wording) {
        URI logo = identity.logo();
        return new MailContent.Brand(
                ButtonColor.of(identity.color()), logo == null ? null : logo.toString(), links(identity, wording));
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
