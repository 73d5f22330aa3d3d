package dev.attache.issuing;

import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.keys.Keys;
import dev.attache.link.DownloadLinks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Issues downloads with keys that are the same in all tests. */
public final class Issuers {

    public static final String PAGE_URL = "https://attache.example/d/";

    public static final DeliveryHashes HASHES = new DeliveryHashes(keys("locator-of-all-tests-of-32-bytes"));

    public static final PageTokens TOKENS = new PageTokens(keys("signing-key-of-all-tests-32bytes"));

    private Issuers() {}

    public static DownloadIssuer of(DownloadLinks downloads, Clock clock) {
        return new DownloadIssuer(downloads, HASHES, TOKENS, PAGE_URL, clock);
    }

    private static Keys keys(String secret) {
        return Keys.of(List.of(new Keys.Key("k1", secret.getBytes(StandardCharsets.US_ASCII))));
    }
}
