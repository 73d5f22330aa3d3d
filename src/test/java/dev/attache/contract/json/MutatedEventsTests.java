package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.MAPPER;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A valid document that was changed at random is read or rejected; it causes no other error. */
class MutatedEventsTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    private static final Schemas SCHEMAS = new Schemas();

    private static final int MUTANTS = 150;

    /** A valid event. */
    record Valid(EventType<?> type, String name, JsonNode document) {

        @Override
        public String toString() {
            return type.name() + ": " + name;
        }
    }

    static Stream<Valid> events() {
        Stream<Valid> examples = AsyncApi.examples()
                .flatMap(example -> EventType.all().stream()
                        .filter(type -> type.name().equals(example.message()))
                        .map(type -> new Valid(type, example.name(), example.payload())));
        Stream<Valid> requests = Stream.of(DOWNLOAD, EventFixtures.UPLOAD, EventFixtures.NEWSLETTER)
                .map(event -> new Valid(EventType.ATTACHMENT_REQUESTED, "a request", MAPPER.readTree(event)));
        Valid purchase = new Valid(EventType.PURCHASE_COMPLETED, "a purchase", MAPPER.readTree(EventFixtures.PURCHASE));
        return Stream.of(examples, requests, Stream.of(purchase)).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("events")
    void mutatedEventIsReadOrRejectedWithAShortReason(Valid valid) {
        Mutations mutations = new Mutations(4711);
        int rejected = 0;
        for (int i = 0; i < MUTANTS; i++) {
            JsonNode mutant = mutations.of(valid.document());

            Optional<RejectedException> rejection = rejection(valid.type(), mutant);

            if (rejection.isPresent()) {
                rejected++;
                assertThat(rejection.get().detail()).isNotBlank().hasSizeLessThan(1000);
            }
        }
        assertThat(rejected).isBetween(MUTANTS / 10, MUTANTS * 19 / 20);
    }

    private static Optional<RejectedException> rejection(EventType<?> type, JsonNode mutant) {
        try {
            CloudEvent<?> event = CODEC.read(bytes(mutant.toString()), type);
            assertThat(event.data()).isInstanceOf(type.dataType());
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.of(e);
        }
    }

    @Test
    void timeMayBeEveryDayOfTheCalendarAndNoOther() {
        for (int month = 0; month <= 13; month++) {
            for (int day = 0; day <= 32; day++) {
                String time = "2028-%02d-%02dT23:59:59.5Z".formatted(month, day);
                JsonNode event = MAPPER.readTree(with(DOWNLOAD, "/time", '"' + time + '"'));

                assertThat(SCHEMAS.validate(EventType.ATTACHMENT_REQUESTED.schema(), event)
                                .isEmpty())
                        .as(time)
                        .isEqualTo(isInCalendar(month, day));
            }
        }
    }

    /** In the leap year 2028. */
    private static boolean isInCalendar(int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(2028, month).lengthOfMonth();
    }
}
