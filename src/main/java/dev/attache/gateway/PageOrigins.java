package dev.attache.gateway;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The origins that a page may use besides this worker, as sources of a Content Security Policy.
 *
 * @param scripts where its script may connect to ({@code connect-src})
 * @param forms where its forms may lead to, which includes redirects ({@code form-action})
 * @param images where its images may come from ({@code img-src})
 */
public record PageOrigins(Collection<String> scripts, Collection<String> forms, Collection<String> images) {

    /** Assets of this worker only. */
    public static final PageOrigins NONE = new PageOrigins(List.of(), List.of(), List.of());

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    public PageOrigins {
        scripts = List.copyOf(scripts);
        forms = List.copyOf(forms);
        images = List.copyOf(images);
    }

    /**
     * The origins of signed links.
     *
     * @param storage the base URL of signed links
     */
    public static List<String> ofStorage(URI storage) {
        String port = storage.getPort() < 0 ? "" : ":" + storage.getPort();
        // The bucket may be part of the host name (virtual-hosted style), except with a numeric address.
        return NUMERIC.matcher(storage.getHost()).matches()
                ? List.of(of(storage))
                : List.of(of(storage), storage.getScheme() + "://*." + storage.getHost() + port);
    }

    /** The origin of a web address. */
    public static String of(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
