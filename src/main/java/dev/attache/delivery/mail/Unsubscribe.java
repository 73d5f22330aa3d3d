package dev.attache.delivery.mail;

import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.encoding.PercentEncoding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * How one recipient leaves one newsletter.
 *
 * @param campaignId the campaign
 * @param url where the one-click POST goes, with the recipient in it
 */
record Unsubscribe(String campaignId, String url) {

    /** A header line may have 998 characters (RFC 5322, section 2.1.1), and a URL cannot be folded. */
    private static final int URL_LIMIT = 900;

    /**
     * @return empty for mails that are no newsletter
     * @throws RejectedException {@code CONTRACT_VIOLATION} when a newsletter has no URL that RFC 8058 permits
     */
    static Optional<Unsubscribe> from(Delivery delivery) {
        if (delivery.issued().channel() != Channel.NEWSLETTER) {
            return Optional.empty();
        }
        Campaign campaign = delivery.issued().campaign();
        if (campaign == null) {
            throw violation("A newsletter needs a campaign with its unsubscribeUrl");
        }
        String recipient = PercentEncoding.VALUE.encode(delivery.recipient().address());
        String url = campaign.unsubscribeUrl().replace("{recipient}", recipient);
        if (!isHttps(url)) {
            throw violation("campaign.unsubscribeUrl has to be an https URL (RFC 8058)");
        }
        if (url.length() > URL_LIMIT) {
            throw violation("campaign.unsubscribeUrl is longer than %d characters, which a mail's header cannot hold"
                    .formatted(URL_LIMIT));
        }
        return Optional.of(new Unsubscribe(campaign.id(), url));
    }

    /** The campaign's name in {@code List-Id} (RFC 2919): one label before the sender's domain. */
    String listId(String domain) {
        String label = campaignId
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String name = label.isEmpty() ? "newsletter" : label.substring(0, Math.min(63, label.length()));
        return "<" + name + "." + domain + ">";
    }

    /** Parsing also refuses white space, line ends and everything else that does not belong into a header. */
    private static boolean isHttps(String url) {
        try {
            URI uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && url.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static RejectedException violation(String detail) {
        return new RejectedException(RejectionCode.CONTRACT_VIOLATION, detail);
    }
}
