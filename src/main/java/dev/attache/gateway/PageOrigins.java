package dev.attache.gateway;

import java.net.URI;
import java.util.Collection;
import java.util.List;

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

    public PageOrigins {
        scripts = List.copyOf(scripts);
        forms = List.copyOf(forms);
        images = List.copyOf(images);
    }

    /** The origin of a web address. */
    public static String of(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
