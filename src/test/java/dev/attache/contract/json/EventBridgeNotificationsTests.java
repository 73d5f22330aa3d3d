package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.ObjectCreated;
import dev.attache.contract.value.ObjectRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S3's events from EventBridge. */
class EventBridgeNotificationsTests extends S3NotificationsTestBase {

    @ParameterizedTest
    @CsvSource({
        "PutObject,Put",
        "POST Object,Post",
        "CopyObject,Copy",
        "CompleteMultipartUpload,CompleteMultipartUpload",
        "Tomorrow,Tomorrow"
    })
    void reasonIsTranslatedToTheNameInNotifications(String given, String reason) {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/detail/reason", quoted(given)))))
                .singleElement()
                .satisfies(created -> assertThat(created.reason()).isEqualTo(reason));
    }

    @Test
    void missingReasonIsAbsent() {
        assertThat(created(bytes(without(EVENT_BRIDGE, "/detail/reason")))
                        .getFirst()
                        .reason())
                .isNull();
    }

    @Test
    void keyIsNotDecoded() {
        ObjectCreated expected = new ObjectCreated(
                new ObjectRef("attache", "uploads/a+b c%20d.pdf", "v1"),
                "b1946ac92492d2347c6235b4d2611184",
                "00617F08299329D189",
                "Put");

        assertThat(created(bytes(EVENT_BRIDGE))).containsExactly(expected);
        assertThat(created(bytes(sns(EVENT_BRIDGE)))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time|'\"now\"'",
                "time|null",
                "version|1",
                "account|{}",
                "region|7",
                "resources|null",
                "id|[]",
                "newField|1",
                "detail/version|1",
                "detail/object/size|-1",
                "detail/object/size|'\"5\"'",
                "detail/request-id|0",
                "detail/requester|[]",
                "detail/source-ip-address|1",
                "detail/newField|{}"
            })
    void unusedFieldsAreNotValidated(String field, String value) {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/" + field, value)))).isEqualTo(created(bytes(EVENT_BRIDGE)));
    }

    @Test
    void reasonOfAnotherTypeIsAbsent() {
        assertThat(created(bytes(with(EVENT_BRIDGE, "/detail/reason", "7")))
                        .getFirst()
                        .reason())
                .isNull();
    }
}
