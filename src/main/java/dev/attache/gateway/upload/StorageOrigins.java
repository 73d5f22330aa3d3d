package dev.attache.gateway.upload;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The origins of signed links, for the Content Security Policy of the upload page. */
final class StorageOrigins {

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private StorageOrigins() {}

    /** @param storage the base URL of signed links */
    static List<String> of(URI storage) {
        String port = storage.getPort() < 0 ? "" : ":" + storage.getPort();
        String origin = storage.getScheme() + "://" + storage.getHost() + port;
        // The bucket may be part of the host name (virtual-hosted style), except with a numeric address.
        return NUMERIC.matcher(storage.getHost()).matches()
                ? List.of(origin)
                : List.of(origin, storage.getScheme() + "://*." + storage.getHost() + port);
    }
}
