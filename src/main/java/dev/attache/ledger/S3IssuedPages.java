package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.objects.ConditionalObjects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads pages from the claims that {@link S3Claims} stores. */
final class S3IssuedPages implements IssuedPages {

    private final ConditionalObjects objects;

    private final String prefix;

    S3IssuedPages(ConditionalObjects objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public Optional<IssuedPage> find(DeliveryKey key) {
        return Stream.of(S3Claims.path(key), S3Claims.pathBeforePages(key.delivery()))
                .flatMap(path -> objects.get(prefix + path).stream())
                .findFirst()
                .flatMap(
                        it -> Optional.ofNullable(ClaimRecord.read(it.content()).page()));
    }
}
