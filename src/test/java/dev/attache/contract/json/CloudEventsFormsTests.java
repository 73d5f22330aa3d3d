package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.MAPPER;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static dev.attache.contract.value.RejectionCode.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents JSON Event Format 1.0: data in base64 is read, and unsupported forms are rejected by name. */
class CloudEventsFormsTests {

    private static final String DATA = MAPPER.readTree(DOWNLOAD).get("data").toString();

    @Test
    void dataInBase64IsTheSameData() {
        CloudEvent<AttachmentRequested> plain = read(DOWNLOAD);

        assertThat(read(inBase64(DATA))).isEqualTo(plain);
        assertThat(read(sns(inBase64(DATA)))).isEqualTo(plain);
        assertThat(read(with(inBase64(DATA), "/data", "null"))).isEqualTo(plain);
        assertThat(read(inBase64(DATA.replace("Ana Lima", "Änä 🙂")))
                        .data()
                        .recipients()
                        .getFirst()
                        .name())
                .isEqualTo("Änä 🙂");
        assertThat(read(with(DOWNLOAD, "/data_base64", "null"))).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "text/json",
                "application/vnd.example+json",
                "application/vnd.example+json;v=1"
            })
    void dataInBase64MayNameAJsonType(String type) {
        assertThat(read(with(inBase64(DATA), "/datacontenttype", quoted(type)))).isEqualTo(read(DOWNLOAD));
    }

    static Stream<Arguments> badBase64() {
        return Stream.of(
                argumentSet(
                        "data too",
                        with(DOWNLOAD, "/data_base64", quoted(base64(DATA))),
                        CONTRACT_VIOLATION,
                        "$.data and $.data_base64 exclude each other"),
                argumentSet(
                        "a number",
                        with(inBase64(DATA), "/data_base64", "7"),
                        CONTRACT_VIOLATION,
                        "$.data_base64 must be of type string"),
                argumentSet(
                        "an object",
                        with(inBase64(DATA), "/data_base64", DATA),
                        CONTRACT_VIOLATION,
                        "$.data_base64 must be of type string"),
                argumentSet(
                        "no base64",
                        with(inBase64(DATA), "/data_base64", quoted(SECRET + "!")),
                        CONTRACT_VIOLATION,
                        "$.data_base64 must be base64"),
                argumentSet(
                        "base64 of URLs",
                        with(inBase64(DATA), "/data_base64", quoted("e30_-w==")),
                        CONTRACT_VIOLATION,
                        "$.data_base64 must be base64"),
                argumentSet(
                        "line ends",
                        with(inBase64(DATA), "/data_base64", quoted("e3\r\n0=")),
                        CONTRACT_VIOLATION,
                        "without line ends"),
                argumentSet("empty", inBase64(""), MALFORMED, "$.data_base64, decoded, is empty"),
                argumentSet("no JSON", inBase64(SECRET), MALFORMED, "$.data_base64, decoded, is not valid JSON"),
                argumentSet(
                        "no object",
                        inBase64("\"" + SECRET + "\""),
                        MALFORMED,
                        "$.data_base64, decoded, is JSON, but not an object"),
                argumentSet(
                        "UTF-16",
                        inBase64(DATA, StandardCharsets.UTF_16LE),
                        MALFORMED,
                        "$.data_base64, decoded, is not"),
                argumentSet(
                        "Latin-1",
                        inBase64(DATA.replace("Ana", "Änä"), StandardCharsets.ISO_8859_1),
                        MALFORMED,
                        "$.data_base64, decoded, is not UTF-8"),
                argumentSet(
                        "a property twice",
                        inBase64("{\"direction\":\"upload\"," + DATA.substring(1)),
                        MALFORMED,
                        "has a property twice"),
                argumentSet("broken data", inBase64("{}"), CONTRACT_VIOLATION, "$.data.direction is required"),
                argumentSet(
                        "base64 in base64",
                        inBase64("{\"data_base64\":\"" + base64(DATA) + "\"}"),
                        CONTRACT_VIOLATION,
                        "$.data.direction is required"),
                argumentSet(
                        "XML",
                        with(inBase64(DATA), "/datacontenttype", "\"application/xml\""),
                        CONTRACT_VIOLATION,
                        "$.datacontenttype must be absent or a JSON type"),
                argumentSet(
                        "a type that is none",
                        with(inBase64(DATA), "/datacontenttype", "7"),
                        CONTRACT_VIOLATION,
                        "$.datacontenttype"));
    }

    @ParameterizedTest
    @MethodSource("badBase64")
    void badBase64(String body, RejectionCode code, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected.detail()).contains(detail);
    }

    @Test
    void originIsReadFromEveryFormOfData() {
        assertThat(CODEC.originOf(bytes(inBase64(DATA)))).contains(new EventCodec.Origin("crm", "7c1f", "7c1f"));
        String issued = """
            {"specversion":"1.0","id":"ours","source":"crm","type":"link.issued","data_base64":"%s"}\
            """.formatted(base64("{\"requestId\":\"theirs\"}"));
        assertThat(CODEC.originOf(bytes(issued))).contains(new EventCodec.Origin("crm", "ours", "theirs"));
        assertThat(CODEC.originOf(bytes(with(issued, "/data_base64", "\"!\""))))
                .contains(new EventCodec.Origin("crm", "ours", "ours"));
    }

    @Test
    void dataAsTextIsRejectedByName() {
        RejectedException rejected =
                rejection(bytes(with(DOWNLOAD, "/data", quoted(DATA))), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail())
                .startsWith("$.data must be of type object; a string is not parsed")
                .contains("data_base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"direction\":\"download\"}", "{\"orderId\":\"1\",\"type\":\"x\"}", "{\"id\":\"1\"}"})
    void bodyWithOnlyTheDataIsRejectedAsBinaryMode(String data) {
        RejectedException rejected = rejection(bytes(data), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(MALFORMED);
        assertThat(rejected.detail()).contains("binary mode", "structured mode");
        assertThat(rejection(bytes(DATA), EventType.ATTACHMENT_REQUESTED).detail())
                .contains("binary mode");
        assertThat(CODEC.originOf(bytes(data))).isEmpty();
    }

    @Test
    void eventOfAnotherTypeIsRejectedAsUnknownType() {
        assertThat(rejection(bytes(inBase64(DATA)), EventType.PURCHASE_COMPLETED)
                        .code())
                .isEqualTo(UNKNOWN_TYPE);
        assertThat(rejection(bytes(with(DOWNLOAD, "/data", "\"\"")), EventType.PURCHASE_COMPLETED)
                        .code())
                .isEqualTo(UNKNOWN_TYPE);
    }

    @Test
    void batchIsRejectedByName() {
        for (String batch : new String[] {"[]", "[" + DOWNLOAD + "]", "[" + DOWNLOAD + "," + DOWNLOAD + "]"}) {
            RejectedException rejected = rejection(bytes(batch), EventType.ATTACHMENT_REQUESTED);

            assertThat(rejected.code()).isEqualTo(MALFORMED);
            assertThat(rejected.detail()).contains("batches of CloudEvents are not supported", "its own message");
            assertThat(CODEC.originOf(bytes(batch))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"0.3\"'", "'\"1.1\"'", "'\"1\"'", "1.0", "1", "'\"1.0 \"'"})
    void otherVersionsAreRejectedByName(String version) {
        RejectedException rejected =
                rejection(bytes(with(DOWNLOAD, "/specversion", version)), EventType.ATTACHMENT_REQUESTED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).isEqualTo("$.specversion must be 1.0, as text");
    }

    private static String inBase64(String data) {
        return inBase64(data, StandardCharsets.UTF_8);
    }

    private static String inBase64(String data, Charset charset) {
        return with(
                without(DOWNLOAD, "/data"),
                "/data_base64",
                quoted(Base64.getEncoder().encodeToString(data.getBytes(charset))));
    }

    private static String base64(String data) {
        return Base64.getEncoder().encodeToString(bytes(data));
    }

    private static CloudEvent<AttachmentRequested> read(String body) {
        return CODEC.read(bytes(body), EventType.ATTACHMENT_REQUESTED);
    }
}
