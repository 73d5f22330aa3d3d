package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import org.junit.jupiter.api.Test;

class WrappedEventsAreReadTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    @Test
    void wrappedEventIsTheSameEvent() {
        CloudEvent<AttachmentRequested> plain = read(DOWNLOAD);

        assertThat(read(sns(DOWNLOAD))).isEqualTo(plain);
        assertThat(read(eventBridge(DOWNLOAD))).isEqualTo(plain);
        assertThat(read(sns(eventBridge(DOWNLOAD)))).isEqualTo(plain);
        assertThat(CODEC.originOf(bytes(sns(eventBridge(DOWNLOAD)))))
                .contains(new EventCodec.Origin("crm", "7c1f", "7c1f"));
    }

    @Test
    void wrappedEventIsParsedStrictly() {
        String duplicate = DOWNLOAD.replace("\"id\":", "\"id\":\"s3cr3t\",\"id\":");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(sns(duplicate)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.MALFORMED))
                .withMessageStartingWith("the Message of the SNS notification")
                .withMessageNotContaining("s3cr3t");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(sns("hello")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.MALFORMED));
    }

    @Test
    void eventBridgeEventWithoutACloudEventIsRejectedByName() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(eventBridge(quoted(DOWNLOAD))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.MALFORMED))
                .withMessageContaining("detail of the EventBridge event")
                .withMessageContaining("a string is not parsed");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(
                        () -> read(eventBridge("{\"object\":{\"key\":\"k\"}}").replace("com.example.crm", "aws.s3")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.MALFORMED))
                .withMessageContaining("event of S3")
                .withMessageContaining("objects-created");
    }

    @Test
    void tooManyLayersAreMalformed() {
        String body = DOWNLOAD;
        for (int i = 0; i < 6; i++) {
            body = sns(body);
        }
        String wrapped = body;

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> read(wrapped))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.MALFORMED));
    }

    @Test
    void eventThatLooksWrappedIsRead() {
        String body = DOWNLOAD.replaceFirst(
                "\\{", "{\"Type\":\"Notification\",\"Message\":\"{}\",\"detail-type\":\"x\",\"detail\":{},");

        assertThat(read(body)).isEqualTo(read(DOWNLOAD));
    }

    static String sns(String message) {
        return """
            {"Type":"Notification","MessageId":"22b80b92","TopicArn":"arn:aws:sns:eu-central-1:111122223333:requests",
             "Message":%s,"Timestamp":"2026-11-21T09:00:00.000Z","SignatureVersion":"1"}\
            """.formatted(quoted(message));
    }

    private static String eventBridge(String detail) {
        return """
            {"version":"0","id":"17793124","detail-type":"attachment.requested","source":"com.example.crm",
             "account":"111122223333","time":"2026-11-21T09:00:00Z","region":"eu-central-1","resources":[],
             "detail":%s}\
            """.formatted(detail);
    }

    private static CloudEvent<AttachmentRequested> read(String body) {
        return CODEC.read(bytes(body), EventType.ATTACHMENT_REQUESTED);
    }
}
