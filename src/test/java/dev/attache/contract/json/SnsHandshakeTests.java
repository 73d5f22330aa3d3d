package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of SNS about the begin or end of a subscription are rejected on every queue, with instructions. */
class SnsHandshakeTests {

    @Test
    void confirmationOfASubscriptionIsRejectedWithInstructions() {
        for (EventType<?> type : EventType.all()) {
            RejectedException rejected = rejection(bytes(handshake("SubscriptionConfirmation")), type);

            assertThat(rejected.code()).isEqualTo(RejectionCode.MALFORMED);
            assertThat(rejected.detail())
                    .contains(
                            "confirm",
                            "aws sns confirm-subscription",
                            "TopicArn",
                            "Token of this body",
                            "credentials of its own account",
                            "delete this dead letter");
            assertDoesNotQuoteTheBody(rejected);
        }
        RejectedException onObjects = catchThrowableOfType(
                RejectedException.class, () -> CODEC.readObjectsCreated(bytes(handshake("SubscriptionConfirmation"))));
        assertThat(onObjects.detail()).contains("aws sns confirm-subscription");
        assertDoesNotQuoteTheBody(onObjects);
    }

    @Test
    void endOfASubscriptionIsRejectedWithInstructions() {
        RejectedException rejected = rejection(bytes(handshake("UnsubscribeConfirmation")), EventType.LINK_ISSUED);

        assertThat(rejected.code()).isEqualTo(RejectionCode.MALFORMED);
        assertThat(rejected.detail()).contains("has ended", "subscribe the queue");
        assertDoesNotQuoteTheBody(rejected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SubscriptionConfirmation", "UnsubscribeConfirmation"})
    void handshakeHasNoOrigin(String type) {
        String named = handshake(type).replaceFirst("\\{", "{\"source\":\"crm\",\"id\":\"1\",");

        assertThat(CODEC.originOf(bytes(handshake(type)))).isEmpty();
        assertThat(CODEC.originOf(bytes(named))).isEmpty();
        assertThat(CODEC.originOf(bytes(sns(handshake(type))))).isEmpty();
    }

    @Test
    void eventThatLooksLikeAHandshakeIsRead() {
        String body = DOWNLOAD.replaceFirst("\\{", "{\"Type\":\"SubscriptionConfirmation\",\"Token\":\"t\",");

        assertThat(CODEC.read(bytes(body), EventType.ATTACHMENT_REQUESTED).id()).isEqualTo("7c1f");
    }

    private static void assertDoesNotQuoteTheBody(RejectedException rejected) {
        assertThat(rejected.detail()).doesNotContain(SECRET, "http", "arn:", "165545c9");
    }

    /** Amazon SNS Developer Guide, "HTTP/HTTPS subscription confirmation JSON format". */
    private static String handshake(String type) {
        return """
            {"Type":"%1$s","MessageId":"165545c9","Token":"%2$s","TopicArn":"arn:aws:sns:us-west-2:111122223333:%2$s",
             "Message":"You have chosen to subscribe to the topic arn:aws:sns:us-west-2:111122223333:%2$s.",
             "SubscribeURL":"https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&Token=%2$s",
             "Timestamp":"2026-11-21T09:00:00.000Z","SignatureVersion":"1","Signature":"%2$s",
             "SigningCertURL":"https://sns.us-west-2.amazonaws.com/%2$s.pem"}\
            """.formatted(type, SECRET);
    }
}
