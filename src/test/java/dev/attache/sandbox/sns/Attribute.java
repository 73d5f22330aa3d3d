package dev.attache.sandbox.sns;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A message attribute.
 *
 * @param dataType {@code String}, {@code String.Array}, {@code Number} or {@code Binary}
 * @param value Base64 for {@code Binary}
 */
record Attribute(String dataType, String value) {

    boolean isBinary() {
        return dataType.startsWith("Binary");
    }

    int bytes() {
        return dataType.length() + value.getBytes(StandardCharsets.UTF_8).length;
    }

    MessageAttributeValue toSqs() {
        var sqs = MessageAttributeValue.builder().dataType(dataType);
        return isBinary()
                ? sqs.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(value)))
                        .build()
                : sqs.stringValue(value).build();
    }
}
