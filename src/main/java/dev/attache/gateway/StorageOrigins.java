package dev.attache.gateway;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The origins that signed links may lead to, for the Content Security Policy of the upload page. */
public final class StorageOrigins {

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private StorageOrigins() {}

    /** @param storage where S3 is, for whoever holds a link */
    public static List<String> of(URI storage) {
        String port = storage.getPort() < 0 ? "" : ":" + storage.getPort();
        String origin = storage.getScheme() + "://" + storage.getHost() + port;
        // The bucket may be part of the host; there is no such thing with a numeric address.
        return NUMERIC.matcher(storage.getHost()).matches()
                ? List.of(origin)
                : List.of(origin, storage.getScheme() + "://*." + storage.getHost() + port);
    }
}
