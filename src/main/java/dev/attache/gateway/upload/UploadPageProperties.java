package dev.attache.gateway.upload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the upload page.
 *
 * @param uploadLinkLifetime the lifetime of the PUT links that the page signs, from 30 seconds to 12 hours. It must be
 *     long enough for a slow start of the upload; it can be short because the page signs again
 */
@ConfigurationProperties("attache.gateway")
record UploadPageProperties(@DefaultValue("5m") Duration uploadLinkLifetime) {

    /** A shorter link could expire before a browser with a slow connection starts to send. */
    static final Duration SHORTEST_LINK = Duration.ofSeconds(30);

    private static final Duration LONGEST_LINK = Duration.ofHours(12);

    UploadPageProperties {
        if (uploadLinkLifetime.compareTo(SHORTEST_LINK) < 0 || uploadLinkLifetime.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalArgumentException(
                    "attache.gateway.upload-link-lifetime is %s, but must be between %s and %s"
                            .formatted(uploadLinkLifetime, SHORTEST_LINK, LONGEST_LINK));
        }
    }
}
