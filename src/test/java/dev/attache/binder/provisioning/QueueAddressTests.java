package dev.attache.binder.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.stream.provisioning.ProvisioningException;

class QueueAddressTests {

    private static final String BINDING = "orders-in-0";

    @Test
    void aNameIsInTheOwnAccountAndRegion() {
        assertThat(QueueAddress.of(BINDING, "orders")).isEqualTo(new QueueAddress("orders", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-cn", "aws-us-gov"})
    void anArnNamesAccountAndRegion(String partition) {
        assertThat(QueueAddress.of(BINDING, "arn:" + partition + ":sqs:eu-central-1:111122223333:orders"))
                .isEqualTo(new QueueAddress("orders", "111122223333", "eu-central-1", null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://sqs.eu-central-1.amazonaws.com/111122223333/orders, eu-central-1",
                "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders, cn-north-1",
                "https://sqs-fips.us-east-1.amazonaws.com/111122223333/orders, us-east-1",
                "https://eu-west-1.queue.amazonaws.com/111122223333/orders, eu-west-1",
                "https://vpce-1a2b-3c4d.sqs.eu-west-1.vpce.amazonaws.com/111122223333/orders, eu-west-1",
                "http://localhost:9324/111122223333/orders, none",
                "http://localhost:9324/queue/111122223333/orders, none"
            })
    void aUrlNamesTheAccountAndOnAwsTheRegion(String url, String region) {
        assertThat(QueueAddress.of(BINDING, url)).isEqualTo(new QueueAddress("orders", "111122223333", region, url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:sns:eu-central-1:111122223333:orders",
                "arn:aws:sqs:eu-central-1:1111:orders",
                "arn:aws:sqs:eu-central-1:111122223333:",
                "arn:aws:sqs:eu-central-1:111122223333:a/b",
                "https://sqs.eu-central-1.amazonaws.com/",
                "https://sqs.eu-central-1.amazonaws.com/111122223333/orders?Action=SendMessage"
            })
    void anAddressThatIsNotOneOfAQueueIsRefused(String destination) {
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> QueueAddress.of(BINDING, destination))
                .withMessageContainingAll(BINDING, destination, "set it to");
    }

    @Test
    void aQueueInAnotherRegionThanTheClientIsRefused() {
        QueueAddress queue = QueueAddress.of(BINDING, "arn:aws:sqs:eu-central-1:111122223333:orders");

        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> queue.requireRegion(BINDING, "eu-west-1"))
                .withMessageContainingAll("orders", BINDING, "eu-central-1", "eu-west-1");
        assertThatCode(() -> queue.requireRegion(BINDING, "eu-central-1")).doesNotThrowAnyException();
        assertThatCode(() -> queue.requireRegion(BINDING, null)).doesNotThrowAnyException();
    }
}
