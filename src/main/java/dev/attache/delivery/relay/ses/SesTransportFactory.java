package dev.attache.delivery.relay.ses;

import dev.attache.delivery.relay.MailTransport;
import dev.attache.delivery.relay.MailTransportFactory;
import dev.attache.delivery.relay.TransportProperties.Transport;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Creates the SES transport, with the region and credentials of the other AWS clients.
 *
 * @param configurationSet of all mails; null for that of the sender's identity
 */
record SesTransportFactory(
        ObjectProvider<AwsClientBuilderConfigurer> aws,
        @Nullable String configurationSet) implements MailTransportFactory {

    @Override
    public Transport transport() {
        return Transport.SES;
    }

    @Override
    public SendingTime longestSendingTime() {
        return new SendingTime(SesTransport.CALL_TIMEOUT, "the timeout of SES's SendEmail");
    }

    @Override
    public MailTransport create(String sender) {
        return new SesTransport(
                SesTransport.client(aws.getObject().configure(SesV2Client.builder())), sender, configurationSet);
    }
}
