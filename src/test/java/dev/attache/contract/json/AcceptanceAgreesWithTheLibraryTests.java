package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Nothing passes that the schema library would refuse, and nearly everything that it would let pass is not even put to
 * it.
 */
class AcceptanceAgreesWithTheLibraryTests {

    private static final Schemas SCHEMAS = new Schemas();

    private static final int MUTANTS = 500;

    /** A document that keeps a schema. */
    record Good(String schema, String name, JsonNode document) {

        @Override
        public String toString() {
            return schema + ": " + name;
        }
    }

    static Stream<Good> good() {
        Stream<Good> examples = AsyncApi.examples()
                .map(example -> new Good(schema(example.message()), example.name(), example.payload()));
        Stream<Good> requests = Stream.of(EventFixtures.DOWNLOAD, EventFixtures.UPLOAD, EventFixtures.NEWSLETTER)
                .map(event -> new Good(
                        EventType.ATTACHMENT_REQUESTED.schema(), "a request", EventFixtures.MAPPER.readTree(event)));
        Stream<Good> others = Stream.of(
                new Good(
                        EventType.PURCHASE_COMPLETED.schema(),
                        "a purchase",
                        EventFixtures.MAPPER.readTree(EventFixtures.PURCHASE)),
                new Good(
                        Schemas.RECIPIENT,
                        "a person",
                        EventFixtures.MAPPER.readTree(
                                "{\"address\":\"a@example.com\",\"name\":\"Ana\",\"locale\":\"pt-BR\",\"timeZone\":\"America/Sao_Paulo\"}")));
        return Stream.of(examples, requests, others).flatMap(each -> each);
    }

    private static String schema(String message) {
        return message.startsWith("s3-")
                ? message + ".json"
                : EventType.all().stream()
                        .filter(type -> type.name().equals(message))
                        .findFirst()
                        .orElseThrow()
                        .schema();
    }

    @Test
    void everySchemaHasADocument() {
        assertThat(good().map(Good::schema)).containsAll(Schemas.names().toList());
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodOnesAreAccepted(Good good) {
        assertThat(SCHEMAS.judge(good.schema(), good.document())).isEmpty();
        assertThat(SCHEMAS.accepts(good.schema(), good.document())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("good")
    void mutantsAreAcceptedIfTheLibraryAcceptsThem(Good good) {
        Mutations mutations = new Mutations(4711);
        List<JsonNode> refused = new ArrayList<>();
        for (int i = 0; i < MUTANTS; i++) {
            JsonNode mutant = mutations.of(good.document());

            boolean keeps = keepsByTheLibrary(good.schema(), mutant);

            if (!keeps) {
                refused.add(mutant);
            }
            if (!keeps || !isDifficult(mutant)) {
                assertThat(SCHEMAS.accepts(good.schema(), mutant))
                        .as(() -> shortened(mutant))
                        .isEqualTo(keeps);
            }
        }
        assertThat(refused.size()).isBetween(MUTANTS / 10, MUTANTS * 19 / 20);
    }

    @Test
    void everyDayButLeapDaysIsAUsualOne() {
        for (int month = 0; month <= 13; month++) {
            for (int day = 0; day <= 32; day++) {
                String time = "2028-%02d-%02dT23:59:59.5Z".formatted(month, day);
                JsonNode event = EventFixtures.MAPPER.readTree(
                        EventFixtures.with(EventFixtures.DOWNLOAD, "/time", '"' + time + '"'));
                boolean usual = SCHEMAS.judge(EventType.ATTACHMENT_REQUESTED.schema(), event)
                                .isEmpty()
                        && !time.contains("-02-29");

                assertThat(SCHEMAS.accepts(EventType.ATTACHMENT_REQUESTED.schema(), event))
                        .as(time)
                        .isEqualTo(usual);
            }
        }
    }

    @Test
    void aLoopKnowsItsPatternAndNoMore() {
        Random random = new Random(4711);
        List<String> starts = List.of("", "https://", "http://", "https:/", "https:///");
        String around = "\0\t\n\r\u001f !~\u007f\u0080\u009f\u00e9\u2028\ud83d\ude00";

        Check.LOOPS.forEach((given, loop) -> {
            Pattern pattern = Pattern.compile(given);
            int known = 0;
            for (int i = 0; i < 20_000; i++) {
                StringBuilder text = new StringBuilder(starts.get(random.nextInt(starts.size())));
                random.ints(random.nextInt(12), '!', '~' + 1).forEach(each -> text.append((char) each));
                if (random.nextInt(4) == 0) {
                    text.insert(random.nextInt(text.length() + 1), around.charAt(random.nextInt(around.length())));
                }
                if (loop.test(text.toString())) {
                    known++;
                    assertThat(text.toString()).matches(pattern);
                }
            }
            assertThat(known).as(given).isGreaterThan(1_000);
        });
    }

    @Test
    void whatIsRememberedIsThatVeryTextOnly() {
        Check.Remembered words = new Check.Remembered(Pattern.compile("[a-z]{2,100}"));
        Random random = new Random(4711);

        for (int i = 0; i < 10_000; i++) {
            String word = random.ints(random.nextInt(90), 'a', 'd')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(words.test(word)).as(word).isEqualTo(word.length() >= 2);
            assertThat(words.test(word.toUpperCase(Locale.ROOT))).isFalse();
        }
    }

    @Test
    void ofTwoTextsWithTheSameHashOneIsNotTakenForTheOther() {
        Check.Remembered upperFirst = new Check.Remembered(Pattern.compile("[A-Z][a-z]"));
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(upperFirst.test("Aa")).isTrue();
        assertThat(upperFirst.test("BB")).isFalse();
        assertThat(upperFirst.test("Aa")).isTrue();
    }

    @Test
    void everyLoopHasAPatternInTheContract() throws IOException {
        List<String> patterns = new ArrayList<>();
        for (String name :
                Stream.concat(Schemas.names(), Stream.of("common.json")).toList()) {
            try (InputStream schema = Schemas.class.getResourceAsStream("/contract/" + name)) {
                EventFixtures.MAPPER
                        .readTree(schema)
                        .findValues("pattern")
                        .forEach(each -> patterns.add(each.stringValue()));
            }
        }

        assertThat(patterns).containsAll(Check.LOOPS.keySet());
    }

    private static boolean keepsByTheLibrary(String schema, JsonNode document) {
        try {
            return SCHEMAS.judge(schema, document).isEmpty();
        } catch (RejectedException beyondAllLimits) {
            return false;
        }
    }

    private static boolean isDifficult(JsonNode value) {
        return value.isNumber() && !(value.isIntegralNumber() && value.canConvertToLong())
                || value.isString() && Mutations.DIFFICULT.contains('"' + value.stringValue() + '"')
                || value.valueStream().anyMatch(AcceptanceAgreesWithTheLibraryTests::isDifficult);
    }

    private static String shortened(JsonNode document) {
        String text = document.toString();
        return text.length() < 2_000 ? text : text.substring(0, 2_000) + "...";
    }

    @Test
    void aKeywordThatNobodyTaughtItIsRefused() {
        Acceptance acceptance =
                new Acceptance(name -> EventFixtures.MAPPER.readTree("{\"properties\":{\"a\":{\"multipleOf\":2}}}"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> acceptance.of("new.json"))
                .withMessageContaining("multipleOf");
    }
}
