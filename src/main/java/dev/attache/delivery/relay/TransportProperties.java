package dev.attache.delivery.relay;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The transport of mails.
 *
 * @param transport the relay: {@code smtp} ({@code spring.mail.*}) or {@code ses}
 * @param from the address that mails come from, with or without a name
 */
@ConfigurationProperties("attache.mail")
public record TransportProperties(
        @DefaultValue("smtp") Transport transport,
        @DefaultValue("") String from) {

    /** The available transports. */
    public enum Transport {
        /** Any mail server, configured by {@code spring.mail.*}. */
        SMTP,
        /** Amazon Simple Email Service, in the region and with the credentials of the other AWS clients. */
        SES
    }

    /** The address of {@code from}, without a name. {@code DeliveryProperties} validates it. */
    String senderAddress() {
        try {
            return new InternetAddress(from).getAddress();
        } catch (AddressException e) {
            return from;
        }
    }
}
