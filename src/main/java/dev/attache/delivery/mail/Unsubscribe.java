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
 * How one recipient unsubscribes from one newsletter (RFC 8058).
 *
 * @param campaignId the campaign
 * @param url the target of the one-click POST; it contains the recipient's address
 */
record Unsubscribe(String campaignId, String url) {

    /** A header line may have 998 characters (RFC 5322, section 2.1.1), and a URL cannot be folded. */
    private static final int URL_LIMIT = 900;

    /**
     * Returns how the recipient of a delivery unsubscribes.
     *
     * @return empty if the mail is not a newsletter
     * @throws RejectedException {@code CONTRACT_VIOLATION} if a newsletter has no URL that RFC 8058 permits
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
            throw violation("campaign.unsubscribeUrl must be an https URL (RFC 8058)");
        }
        if (url.length() > URL_LIMIT) {
            throw violation("campaign.unsubscribeUrl is longer than %d characters, the limit of a mail header"
                    .formatted(URL_LIMIT));
        }
        return Optional.of(new Unsubscribe(campaign.id(), url));
    }

    /** The value of {@code List-Id} (RFC 2919): the campaign as one label before the sender's domain. */
    String listId(String domain) {
        String label = campaignId
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String name = label.isEmpty() ? "newsletter" : label.substring(0, Math.min(63, label.length()));
        return "<" + name + "." + domain + ">";
    }

    /** Also refuses white space, line ends and all other characters that are not allowed in a header. */
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
