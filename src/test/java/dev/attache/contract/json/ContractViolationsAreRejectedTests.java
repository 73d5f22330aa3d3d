package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.NEWSLETTER;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.ADDRESS_INVALID;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that violates its schema is rejected with a detail that names the field and not the value. */
class ContractViolationsAreRejectedTests {

    static Stream<Arguments> unknownTypes() {
        return Stream.of(
                argumentSet("absent", without(DOWNLOAD, "/type")),
                argumentSet("null", with(DOWNLOAD, "/type", "null")),
                argumentSet("another of ours", with(DOWNLOAD, "/type", "\"link.issued\"")),
                argumentSet("unknown", with(DOWNLOAD, "/type", "\"" + SECRET + "\"")),
                argumentSet("other case", with(DOWNLOAD, "/type", "\"Attachment.Requested\"")),
                argumentSet("not a string", with(DOWNLOAD, "/type", "7")),
                argumentSet("empty object", "{}"));
    }

    @ParameterizedTest
    @MethodSource("unknownTypes")
    void unknownType(String body) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(UNKNOWN_TYPE);
        assertThat(rejected.detail()).contains("$.type", "attachment.requested").doesNotContain(SECRET);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                argumentSet("no specversion", without(DOWNLOAD, "/specversion"), "$.specversion is required"),
                argumentSet(
                        "other specversion", with(DOWNLOAD, "/specversion", "\"0.3\""), "$.specversion must be 1.0"),
                argumentSet("no id", without(DOWNLOAD, "/id"), "$.id is required"),
                argumentSet("null id", with(DOWNLOAD, "/id", "null"), "$.id is required"),
                argumentSet("empty id", with(DOWNLOAD, "/id", "\"\""), "$.id"),
                argumentSet("numeric id", with(DOWNLOAD, "/id", "7"), "$.id must be of type string"),
                argumentSet("long id", with(DOWNLOAD, "/id", quoted("i".repeat(257))), "$.id must have at most 256"),
                argumentSet("line end in id", with(DOWNLOAD, "/id", "\"a\\r\\nb\""), "$.id must be one line"),
                argumentSet("line end at the end of id", with(DOWNLOAD, "/id", "\"ab\\n\""), "$.id must be one line"),
                argumentSet("no source", without(DOWNLOAD, "/source"), "$.source is required"),
                argumentSet("control in source", with(DOWNLOAD, "/source", "\"c\\u0000rm\""), "$.source"),
                argumentSet("time of another form", with(DOWNLOAD, "/time", "\"21.11.2026\""), "$.time"),
                argumentSet("time without zone", with(DOWNLOAD, "/time", "\"2026-11-21T09:00:00\""), "$.time"),
                argumentSet("no such day", with(DOWNLOAD, "/time", "\"2026-02-30T09:00:00Z\""), "$.time"),
                argumentSet("no data", without(DOWNLOAD, "/data"), "$.data is required"),
                argumentSet("data is text", with(DOWNLOAD, "/data", quoted("{}")), "$.data must be of type object"),
                argumentSet("no direction", without(DOWNLOAD, "/data/direction"), "$.data.direction is required"),
                argumentSet(
                        "unknown direction",
                        with(DOWNLOAD, "/data/direction", "\"up\""),
                        "$.data.direction must be one of"),
                argumentSet(
                        "unknown channel",
                        with(DOWNLOAD, "/data/channel", "\"pigeon\""),
                        "$.data.channel must be one of"),
                argumentSet(
                        "download without attachment",
                        without(DOWNLOAD, "/data/attachment"),
                        "$.data.attachment is required"),
                argumentSet(
                        "download with upload", with(DOWNLOAD, "/data/upload", "{}"), "$.data.upload must be absent"),
                argumentSet("upload without upload", without(UPLOAD, "/data/upload"), "$.data.upload is required"),
                argumentSet(
                        "upload with attachment",
                        with(UPLOAD, "/data/attachment", "{\"key\":\"k\"}"),
                        "$.data.attachment must be absent"),
                argumentSet("nobody", without(DOWNLOAD, "/data/recipients"), "recipients or recipientList is required"),
                argumentSet(
                        "empty list", with(DOWNLOAD, "/data/recipients", "[]"), "$.data.recipients must have an entry"),
                argumentSet(
                        "both lists",
                        with(DOWNLOAD, "/data/recipientList", "{\"key\":\"k\"}"),
                        "$.data.recipients must be absent"),
                argumentSet(
                        "recipients on event",
                        with(DOWNLOAD, "/data/channel", "\"event\""),
                        "$.data.recipients must be absent"),
                argumentSet(
                        "recipient list on event",
                        with(
                                without(with(DOWNLOAD, "/data/channel", "\"event\""), "/data/recipients"),
                                "/data/recipientList",
                                "{\"key\":\"k\"}"),
                        "$.data.recipientList must be absent"),
                argumentSet("recipient is a number", with(DOWNLOAD, "/data/recipients/0", "7"), "$.data.recipients[0]"),
                argumentSet(
                        "recipient without address",
                        with(DOWNLOAD, "/data/recipients/0", "{}"),
                        "$.data.recipients[0].address is required"),
                argumentSet(
                        "line end in a name",
                        with(DOWNLOAD, "/data/recipients/0/name", "\"A\\nBcc: b@example.com\""),
                        "$.data.recipients[0].name must be one line"),
                argumentSet(
                        "locale", with(DOWNLOAD, "/data/recipients/0/locale", "\"pt_BR\""), "locale must be a BCP 47"),
                argumentSet(
                        "time zone",
                        with(DOWNLOAD, "/data/recipients/0/timeZone", "\"../etc\""),
                        "timeZone must be an IANA"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void violationIsRejectedAndNamed(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/id",
                "/source",
                "/subject",
                "/time",
                "/data/direction",
                "/data/channel",
                "/data/expiresIn",
                "/data/attachment/key",
                "/data/attachment/bucket",
                "/data/attachment/fileName",
                "/data/recipients/0/name",
                "/data/recipients/0/locale",
                "/data/recipients/0/timeZone",
                "/data/recipients/0/address",
                "/data/message/subject",
                "/data/message/text",
                "/data/campaign/id",
                "/data/campaign/unsubscribeUrl",
                "/data/recipients/0"
            })
    void longValueIsRejectedAndNotQuoted(String pointer) {
        String event = with(NEWSLETTER, "/data/recipients/0", "{\"address\":\"ana@example.com\"}");
        for (String unit : new String[] {SECRET, "{recipient}", "-a", "/a", "a.", "1", "\n", "\uD83D\uDE00"}) {
            String value = "https://" + SECRET + "/" + unit.repeat(250_000 / bytes(quoted(unit)).length);
            RejectedException rejected = rejection(
                    bytes(with(with(event, "/data/message", "{}"), pointer, quoted(value))),
                    EventType.ATTACHMENT_REQUESTED);

            assertThat(rejected.code()).isIn(CONTRACT_VIOLATION, ADDRESS_INVALID);
            assertThat(rejected.detail()).doesNotContain(SECRET).hasSizeLessThan(1000);
        }
    }

    @Test
    void detailNamesTheFirstThreeErrorsAndCountsTheRest() {
        String body = "{\"type\":\"attachment.requested\",\"data\":{}}";

        String detail = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).detail();

        assertThat(detail).matches("[^;]+; [^;]+; [^;]+; and \\d more");
    }
}
