package dev.attache.delivery.relay.ses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.delivery.relay.MailTransport;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class SesTransportFactoryUnitTests {

    @Test
    void aTransportIsCreatedWithTheConfigurationOfTheOtherAwsClients() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean(
                "aws",
                new AwsClientBuilderConfigurer(
                        AnonymousCredentialsProvider.create(), () -> Region.EU_CENTRAL_1, new AwsProperties()));
        SesTransportFactory factory =
                new SesTransportFactory(beans.getBeanProvider(AwsClientBuilderConfigurer.class), null);

        try (MailTransport transport = factory.create("files@acme.example")) {
            assertThat(transport).isInstanceOf(SesTransport.class);
        }
        assertThat(factory.longestSendingTime().longest()).isEqualTo(Duration.ofSeconds(20));
    }
}
