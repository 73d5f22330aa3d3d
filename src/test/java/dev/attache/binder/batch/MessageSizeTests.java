package dev.attache.binder.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class MessageSizeTests {

    private static final int LONG = 250_000;

    @Test
    void aLongTextHasOneBytePerCharacterIfAllAreLatin1() {
        assertThat(MessageSize.of(Message.builder().body("ü".repeat(LONG)).build()))
                .isEqualTo(LONG);
        assertThat(MessageSize.of(Message.builder().body("a".repeat(LONG) + "€").build()))
                .isEqualTo(2 * (LONG + 1));
    }

    @Test
    void attributesCountLikeTheBody() {
        Message message = Message.builder()
                .body("{}")
                .messageAttributes(Map.of(
                        "text",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("a".repeat(LONG) + "€")
                                        .build(),
                        "bytes",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[LONG]))
                                        .build()))
                .build();

        assertThat(MessageSize.of(message)).isBetween(3L * LONG, 3L * LONG + 100);
    }
}
