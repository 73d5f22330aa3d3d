package dev.attache.contract;

import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.encoding.PercentEncoding;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Checks whether a campaign's {@code unsubscribeUrl} fits in the header of a mail. It is checked with each recipient's
 * address before the first mail is sent, because percent-encoding makes non-ASCII addresses many times as long.
 */
public final class UnsubscribeUrls {

    /** A header line may have 998 characters (RFC 5322, section 2.1.1), and a URL cannot be folded. */
    private static final int LONGEST = 900;

    private UnsubscribeUrls() {}

    /**
     * Checks the URL of one recipient of a newsletter. Other channels have none.
     *
     * @param path the JSON path of the recipient, for error messages
     * @throws RejectedException {@code CONTRACT_VIOLATION}
     */
    public static void requireUsable(AttachmentRequested request, Recipient recipient, String path) {
        Campaign campaign = request.campaign();
        if (request.channel() != Channel.NEWSLETTER || campaign == null) {
            return;
        }
        String address = PercentEncoding.VALUE.encode(recipient.address());
        String url = campaign.unsubscribeUrl().replace("{recipient}", address);
        if (!hasHost(url)) {
            throw violation("must be an https URL with a host");
        }
        if (url.length() > LONGEST) {
            throw violation("has more than " + LONGEST + " characters with the address of " + path
                    + ", the limit of a mail's header; shorten it");
        }
    }

    private static boolean hasHost(String url) {
        try {
            return new URI(url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static RejectedException violation(String detail) {
        return new RejectedException(RejectionCode.CONTRACT_VIOLATION, "$.data.campaign.unsubscribeUrl " + detail);
    }
}
