package dev.attache.delivery.relay;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which way mails leave.
 *
 * @param transport the relay: {@code smtp} ({@code spring.mail.*}) or {@code ses}
 */
@ConfigurationProperties("attache.mail")
record TransportProperties(@DefaultValue("smtp") Transport transport) {

    /** The relays there are. */
    enum Transport {
        /** Any mail server, by {@code spring.mail.host} and its fellows. */
        SMTP,
        /** Amazon Simple Email Service, in the region and with the credentials of the other AWS clients. */
        SES
    }
}
