package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.json.WrappedEventsAreReadTests.sns;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.MALFORMED;
import static dev.attache.contract.value.RejectionCode.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Bodies that are designed to take much memory take a bounded amount. */
class HostileBodiesTests {

    private static final int LARGEST = 256 * 1024;

    /**
     * Twice the amount of the worst of these. With all errors collected and all values read, some take hundreds of
     * megabytes.
     */
    private static final long MOST_ALLOCATED = 8L * 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> hostile() {
        return Stream.of(
                argumentSet("recipients {}", withRecipients("{},")),
                argumentSet("recipients {}, as many as are parsed", withRecipients("{}" + " ".repeat(15) + ",")),
                argumentSet("recipients {\"name\":\"\"}", withRecipients("{\"name\":\"\"},")),
                argumentSet("recipients 0", withRecipients("0,")),
                argumentSet("recipients \"\"", withRecipients("\"\",")),
                argumentSet("recipients []", withRecipients("[],")),
                argumentSet("notify {}", withRecipients("{},").replace("recipients", "notify")),
                argumentSet("properties of the envelope", DOWNLOAD.replaceFirst("\\{", "{" + names(20_000))),
                argumentSet(
                        "properties of the data", DOWNLOAD.replace("\"direction\"", names(20_000) + "\"direction\"")),
                argumentSet("the same property", DOWNLOAD.replaceFirst("\\{", "{" + filled("\"a\":0,", 600))),
                argumentSet(
                        "properties with the same hash",
                        DOWNLOAD.replaceFirst("\\{", "{\"id\":1," + namesOf("Aa", "BB"))),
                argumentSet(
                        "properties with the same hash in Jackson's table of names",
                        DOWNLOAD.replaceFirst("\\{", "{\"id\":1," + namesOf("Ab", "BA"))),
                argumentSet(
                        "arrays in arrays",
                        with(DOWNLOAD, "/data/attachment", "0")
                                .replace(
                                        "\"attachment\":0",
                                        "\"attachment\":[" + filled("[[[[[[[[]]]]]]]],", 600) + "0]")),
                argumentSet("a key of escapes", DOWNLOAD.replace("downloads/crm", filled("\\u0041", 600))),
                argumentSet("a number", DOWNLOAD.replace("\"PT24H\"", filled("9", 600))),
                argumentSet(
                        "wrapped three times",
                        sns(sns(sns("{\"data\":{\"recipients\":[" + "{},".repeat(9_000) + "{}]}}")))),
                argumentSet("records of S3", "{\"Records\":[" + filled("{},", 20) + "{}]}"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileBodyIsRejectedWithinBoundedMemory(String body) {
        byte[] hostile = bytes(body);
        assertThat(hostile).hasSizeBetween(LARGEST / 10, LARGEST);
        rejection(hostile, EventType.ATTACHMENT_REQUESTED);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        RejectedException rejected = rejection(hostile, EventType.ATTACHMENT_REQUESTED);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(rejected.detail()).hasSizeLessThan(1000);
        assertThat(allocated).isLessThan(MOST_ALLOCATED);
    }

    /** What a parser keeps of one body, such as its table of names, is not seen by the next. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hostileBodiesInAnyOrderAreRejectedAndAValidOneIsReadAfterEach(long seed) {
        JsonEventCodec codec = new JsonEventCodec(DataSize.ofBytes(LARGEST));
        List<Arguments> bodies =
                new ArrayList<>(Stream.concat(hostile(), hostile()).toList());
        Collections.shuffle(bodies, new Random(seed));

        for (Arguments body : bodies) {
            assertThatThrownBy(() -> codec.read(bytes((String) body.get()[0]), EventType.ATTACHMENT_REQUESTED))
                    .isInstanceOf(RejectedException.class);
            assertThat(codec.read(bytes(DOWNLOAD), EventType.ATTACHMENT_REQUESTED)
                            .id())
                    .isEqualTo("7c1f");
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void originOfAHostileBodyIsReadWithinBoundedMemory(String body) {
        byte[] hostile = bytes(body);
        CODEC.originOf(hostile);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        CODEC.originOf(hostile);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void bodyOfTheLargestSizeIsReadAndALargerOneIsNotParsed() {
        byte[] largest = bytes(padded(DOWNLOAD, LARGEST));
        byte[] more = bytes(padded(DOWNLOAD, LARGEST + 1));

        assertThat(CODEC.read(largest, EventType.ATTACHMENT_REQUESTED).id()).isEqualTo("7c1f");
        RejectedException rejected = rejection(more, EventType.ATTACHMENT_REQUESTED);
        assertThat(rejected.code()).isEqualTo(TOO_LARGE);
        assertThat(rejected.detail())
                .isEqualTo("the body has 262145 bytes, but the limit is 262144 (attache.messages.max-size)");
        assertThat(CODEC.originOf(more)).isEmpty();
    }

    @Test
    void bodyThatIsTooLargeIsRejectedWithoutParsing() {
        byte[] rubbish = new byte[1024 * 1024];

        assertThat(rejection(rubbish, EventType.ATTACHMENT_REQUESTED).code()).isEqualTo(TOO_LARGE);
    }

    @Test
    void largerBodiesAreReadIfTheSettingAllowsThem() {
        JsonEventCodec codec = new JsonEventCodec(DataSize.ofMegabytes(1));

        assertThat(codec.read(bytes(padded(DOWNLOAD, 1024 * 1024)), EventType.ATTACHMENT_REQUESTED)
                        .id())
                .isEqualTo("7c1f");
    }

    @Test
    void largestRequestThatTheContractAllowsIsReadWithinBoundedMemory() {
        String recipient = """
            {"address":"r%d@example.com","name":"A","locale":"en","timeZone":"UTC","a":1,"b":2,"c":3,"d":[4],"e":{"f":5}},\
            """;
        String recipients = IntStream.range(0, 500)
                .mapToObj(recipient::formatted)
                .collect(Collectors.joining("", "[", "]"))
                .replace("},]", "}]");
        byte[] largest = bytes(with(DOWNLOAD, "/data/recipients", recipients));
        CODEC.read(largest, EventType.ATTACHMENT_REQUESTED);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        AttachmentRequested request =
                CODEC.read(largest, EventType.ATTACHMENT_REQUESTED).data();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(request.recipients()).hasSize(500);
        assertThat(allocated).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void validationEndsAfterTheFirstErrors() {
        Schemas schemas = new Schemas();
        String body = with(DOWNLOAD, "/data/recipients", "[" + "{},".repeat(400) + "{}]");

        assertThat(schemas.validate(EventType.ATTACHMENT_REQUESTED.schema(), EventFixtures.MAPPER.readTree(body)))
                .hasSize(FirstErrors.MOST);
        RejectedException rejected = rejection(bytes(body), EventType.ATTACHMENT_REQUESTED);
        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail())
                .isEqualTo("$.data.recipients[0].address is required; $.data.recipients[1].address is required; "
                        + "$.data.recipients[2].address is required; and more");
    }

    @Test
    void longPropertyNameIsShortenedInTheDetail() {
        String link = """
            {"specversion":"1.0","id":"1","source":"crm","type":"link.issued","time":"2026-11-21T09:00:00Z",
             "data":{"requestId":"1","channel":"event","purpose":"download","issuedAt":"2026-11-21T09:00:00Z",
                     "links":[{"rel":"download","method":"GET","url":"https://a.example/","headers":{%s:1},"fields":{},
                               "expiresAt":"2026-11-21T09:00:00Z"}]}}\
            """;

        assertThat(rejection(bytes(link.formatted(quoted("n".repeat(1000)))), EventType.LINK_ISSUED)
                        .detail())
                .startsWith("$.data.links[0].headers")
                .endsWith("must be of type string")
                .hasSizeLessThan(250);
        assertThat(rejection(bytes(link.formatted(quoted("a\nb https://" + SECRET + "/x"))), EventType.LINK_ISSUED)
                        .detail())
                .startsWith("$.data.links[0].headers")
                .doesNotContain("\n");
        RejectedException longer = rejection(bytes(link.formatted(quoted("n".repeat(1025)))), EventType.LINK_ISSUED);
        assertThat(longer.code()).isEqualTo(MALFORMED);
        assertThat(longer.detail()).contains("a name longer than 1024 characters");
    }

    private static String withRecipients(String each) {
        return with(DOWNLOAD, "/data/recipients", "[]")
                .replace("\"recipients\":[]", "\"recipients\":[" + filled(each, 600) + "{}]");
    }

    /** Repeats a text up to the size of the largest body, less some bytes for the rest. */
    private static String filled(String each, int rest) {
        return each.repeat((LARGEST - rest) / each.length());
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"%x\":0,".formatted(i)).collect(Collectors.joining());
    }

    /**
     * All words of 13 of these syllables. "Aa" and "BB" have the same {@link String#hashCode()}, "Ab" and "BA" the same
     * hash in Jackson's table of names.
     */
    private static String namesOf(String syllable, String other) {
        return IntStream.range(0, 1 << 13)
                .mapToObj(i -> IntStream.range(0, 13)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? syllable : other)
                        .collect(Collectors.joining("", "\"", "\":0,")))
                .collect(Collectors.joining());
    }

    private static String padded(String event, int size) {
        return " ".repeat(size - bytes(event).length) + event;
    }
}
