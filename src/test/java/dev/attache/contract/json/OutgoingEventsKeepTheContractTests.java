package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Direction;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class OutgoingEventsKeepTheContractTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.5Z");

    @Test
    void absentFieldsAreLeftOutAndTimesAreUtc() {
        JsonNode written = write(EventType.UPLOAD_EXPIRED, new UploadExpired("7c1f", "attache", null, null, NOW));

        assertThat(written.toString()).isEqualTo("""
            {"specversion":"1.0","id":"1","source":"crm","type":"upload.expired","time":"2026-11-21T09:00:00.500Z",\
            "data":{"requestId":"7c1f","bucket":"attache","expiredAt":"2026-11-21T09:00:00.500Z"}}\
            """);
    }

    @Test
    void signedUrlIsWrittenInFullAndFieldsInOrder() {
        String url = "https://b.s3.amazonaws.com/k%20k?X-Amz-Credential=a%2Fb&X-Amz-Signature=0f";
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("z", "1");
        fields.put("a", "2");
        fields.put("policy", "3");

        JsonNode written = write(EventType.LINK_ISSUED, issued(url, fields));

        JsonNode link = written.at("/data/links/0");
        assertThat(link.path("url").stringValue()).isEqualTo(url);
        assertThat(link.path("fields").propertyNames()).containsExactly("z", "a", "policy");
        assertThat(written.at("/data/recipient").toString()).isEqualTo("{\"address\":\"ana@example.com\"}");
    }

    /** The texts are not in the test's name, because a report could not contain them. */
    @ParameterizedTest(name = "{index}")
    @CsvSource({
        "'a\uFFFEb\uFFFFc\uD83Dd\uD83D\uDE00\u0001é', 'a\\uFFFEb\\uFFFFc\\uD83Dd\uD83D\uDE00\\u0001é'",
        "'a\uD83Db', 'a\\uD83Db'",
        "'\uDE00', '\\uDE00'"
    })
    void charactersThatSqsRefusesAreEscaped(String key, String escaped) {
        CloudEvent<UploadExpired> event = new CloudEvent<>(
                "1",
                "crm",
                EventType.UPLOAD_EXPIRED,
                NOW,
                null,
                null,
                new UploadExpired("7c1f", "attache", key, null, NOW));

        String written = new String(CODEC.write(event), StandardCharsets.UTF_8);

        assertThat(written).contains("\"key\":\"" + escaped + "\"");
        assertThat(EventFixtures.MAPPER.readTree(written).at("/data/key").stringValue())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @EnumSource(RejectionCode.class)
    void everyRejectionCodeIsInTheContract(RejectionCode code) {
        JsonNode written =
                write(EventType.REQUEST_REJECTED, new RequestRejected(code, "why", null, null, "a-queue", null));

        assertThat(written.at("/data/code").stringValue()).isEqualTo(code.name());
        assertThat(write(EventType.MAIL_FAILED, MailEventsTests.failed(code, "why", null))
                        .at("/data/code")
                        .stringValue())
                .isEqualTo(code.name());
    }

    @Test
    void partOfAnAudienceIsReadAgain() {
        AttachmentRequested request = new AttachmentRequested(
                Direction.DOWNLOAD,
                Channel.EMAIL,
                List.of(new Recipient("ana@example.com")),
                null,
                new AttachmentRef(null, "k", null, null),
                null,
                null,
                null,
                null,
                List.of(),
                null);
        CloudEvent<AudiencePart> part = new CloudEvent<>(
                "1", "crm", EventType.AUDIENCE_PART, NOW, null, null, new AudiencePart("7c1f", 9_500, request));

        assertThat(CODEC.read(CODEC.write(part), EventType.AUDIENCE_PART)).isEqualTo(part);
    }

    private static <T> JsonNode write(EventType<T> type, T data) {
        return EventFixtures.MAPPER.readTree(CODEC.write(new CloudEvent<>("1", "crm", type, NOW, null, null, data)));
    }

    private static LinkIssued issued(String url, Map<String, String> fields) {
        Link link = new Link(
                Link.Rel.DOWNLOAD, null, "GET", new SignedUrl(url), Map.of(), fields, null, null, null, null, NOW);
        return new LinkIssued(
                "7c1f",
                Channel.EMAIL,
                LinkIssued.Purpose.DOWNLOAD,
                new Recipient("ana@example.com"),
                null,
                null,
                List.of(link),
                NOW,
                null,
                null,
                null,
                null);
    }
}
