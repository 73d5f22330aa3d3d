package dev.attache.gateway;

import dev.attache.wording.Languages;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The recipients' pages.
 *
 * @param publicUrl where people reach this worker's pages; links in mails begin with it
 * @param uploadLinkLifetime how long a PUT link lives that the upload page has signed: long enough for a slow start,
 *     short because the page signs again. From 30 seconds to 12 hours
 * @param timeZone the zone of dates for recipients whose own is not known
 * @param defaultLocale the language for people whose own is not known, or not among ours
 */
@ConfigurationProperties("attache.gateway")
public record GatewayProperties(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("5m") Duration uploadLinkLifetime,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("en") Locale defaultLocale) {

    /** A link that lives shorter than this is over before a browser on a slow line has begun. */
    public static final Duration SHORTEST_LINK = Duration.ofSeconds(30);

    private static final Duration LONGEST_LINK = Duration.ofHours(12);

    public GatewayProperties {
        if (publicUrl.getHost() == null
                || !("https".equals(publicUrl.getScheme()) || "http".equals(publicUrl.getScheme()))) {
            throw new IllegalArgumentException(("attache.gateway.public-url is '%s', but links in mails need "
                            + "a web address, such as https://attache.acme.example")
                    .formatted(publicUrl));
        }
        if (uploadLinkLifetime.compareTo(SHORTEST_LINK) < 0 || uploadLinkLifetime.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalArgumentException(
                    "attache.gateway.upload-link-lifetime is %s, but has to lie between %s and %s"
                            .formatted(uploadLinkLifetime, SHORTEST_LINK, LONGEST_LINK));
        }
        try {
            new Languages(defaultLocale);
        } catch (IllegalArgumentException e) {
            // Spring Boot reports the innermost cause, which would hide the name of the property.
            throw new IllegalArgumentException("attache.gateway.default-locale: " + e.getMessage());
        }
    }
}
