package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Events that come through SNS or EventBridge. */
@SandboxTest
class WrappedEventsFlowIT {

    static final Named<UnaryOperator<String>> SNS =
            Named.of("SNS without raw delivery", event -> """
                {"Type":"Notification","MessageId":"22b80b92","TopicArn":"arn:aws:sns:eu-central-1:111122223333:requests",
                 "Message":%s,"Timestamp":"2026-11-21T09:00:00.000Z","SignatureVersion":"1","Signature":"none"}\
                """.formatted(new JsonMapper().writeValueAsString(event)));

    static final Named<UnaryOperator<String>> EVENT_BRIDGE = Named.of("EventBridge", event -> """
        {"version":"0","id":"17793124","detail-type":"attachment.requested","source":"com.example.crm",
         "account":"111122223333","time":"2026-11-21T09:00:00Z","region":"eu-central-1","resources":[],"detail":%s}\
        """.formatted(event));

    static final List<Named<UnaryOperator<String>>> WRAPPINGS = List.of(SNS, EVENT_BRIDGE);

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @ParameterizedTest
    @FieldSource("WRAPPINGS")
    void aWrappedRequestCausesAMail(UnaryOperator<String> wrapping) {
        String ana = Recipients.someone();

        upstream.send(
                "attachment-requests",
                wrapping.apply(Events.attachmentRequested(Events.newId(), "crm", """
                    {"direction":"download","channel":"email","recipients":["%s"],
                     "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
                    """.formatted(ana))));

        assertThat(Recipients.download(mailbox.await(ana).links().getFirst(), 0).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @FieldSource("WRAPPINGS")
    void aWrappedRequestIsRejectedWithItsOwnId(UnaryOperator<String> wrapping) {
        String id = Events.newId();

        upstream.send("attachment-requests", wrapping.apply(Events.attachmentRequested(id, "stranger", """
            {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """)));

        assertThat(upstream.awaitContaining("attachment-events-inbox", id).attributes())
                .containsEntry("source", "stranger");
    }
}
