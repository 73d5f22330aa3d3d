package dev.attache.download;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.StoredObject;
import java.time.Duration;

/** Looks at the object of an item, and signs a link to it that is valid for minutes. */
final class ItemLinks {

    /** The shortest lifetime of a useful link: a browser follows it at once. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Of a slow connection. The link is valid for as long as it needs, so that the download can be resumed. */
    private static final long BYTES_PER_SECOND = 100_000;

    private final ItemObjects objects;

    private final LinkSigner signer;

    private final Duration lifetime;

    /** @param lifetime of the links to small files */
    ItemLinks(ItemObjects objects, LinkSigner signer, Duration lifetime) {
        this.objects = objects;
        this.signer = signer;
        this.lifetime = lifetime;
    }

    /** A link, or why there is none. */
    sealed interface Offer {

        record Signed(SignedUrl url) implements Offer {}

        record Unavailable(Refusal reason) implements Offer {}
    }

    /**
     * Signs a link to an item.
     *
     * @throws dev.attache.storage.ObjectsRefusedException and the other retryable exceptions of
     *     {@link ItemObjects#find}
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    Offer sign(IssuedPage page, SourcePolicy policy, int index) {
        return switch (objects.find(page, policy, index, stored -> lifetime(stored, policy), SHORTEST)) {
            case ItemObjects.Found.Available(Duration left) ->
                new Offer.Signed(url(page, page.page().items().get(index), left));
            case ItemObjects.Found.Unavailable(Refusal reason) -> new Offer.Unavailable(reason);
        };
    }

    private SignedUrl url(IssuedPage page, DownloadPage.Item item, Duration left) {
        return signer.get(item.object(), item.fileName(), null, page.deliveryId(), left, SHORTEST)
                .url();
    }

    private Duration lifetime(StoredObject stored, SourcePolicy policy) {
        Duration needed = Duration.ofSeconds(stored.contentLength() / BYTES_PER_SECOND);
        Duration wanted = needed.compareTo(lifetime) > 0 ? needed : lifetime;
        Duration longest = policy.maximumLifetime();
        return wanted.compareTo(longest) > 0 ? longest : wanted;
    }
}
