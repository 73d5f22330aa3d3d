package dev.attache.gateway;

import dev.attache.wording.Languages;
import java.net.URI;
import java.time.ZoneId;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all pages.
 *
 * @param publicUrl the address at which people reach this worker's pages; links in mails start with it
 * @param timeZone the time zone of dates for recipients whose time zone is unknown
 * @param defaultLocale the language for people whose language is unknown or has no texts
 */
@ConfigurationProperties("attache.gateway")
public record GatewayProperties(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("en") Locale defaultLocale) {

    public GatewayProperties {
        if (publicUrl.getHost() == null
                || !("https".equals(publicUrl.getScheme()) || "http".equals(publicUrl.getScheme()))) {
            throw new IllegalArgumentException(("attache.gateway.public-url is '%s', but links in mails need "
                            + "a web address, such as https://attache.acme.example")
                    .formatted(publicUrl));
        }
        try {
            new Languages(defaultLocale);
        } catch (IllegalArgumentException e) {
            // Spring Boot reports the innermost cause, so a cause would hide the name of the property.
            throw new IllegalArgumentException("attache.gateway.default-locale: " + e.getMessage());
        }
    }
}
