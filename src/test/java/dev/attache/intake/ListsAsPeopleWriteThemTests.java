package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventType;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as people write them, from their bytes to parts. */
class ListsAsPeopleWriteThemTests extends IntakeTestBase {

    private static final String LIST = "downloads/crm/people.csv";

    private List<String> addresses(String list) {
        bucket.with(LIST, list);
        return addresses();
    }

    private List<String> addresses() {
        var request = codec.read(
                message(event("attachment.requested", "crm", """
                    {"direction":"download","channel":"email","recipientList":{"key":"%s"},
                     "attachment":{"key":"downloads/crm/c.pdf"}}\
                    """.formatted(LIST)))
                        .getPayload(),
                EventType.ATTACHMENT_REQUESTED);
        return new AudienceSplitter(bucket, codec, clock)
                .parts(request, request.data().recipientList(), new OnePolicy("crm"))
                .flatMap(part -> part.event().data().request().recipients().stream())
                .map(Recipient::address)
                .toList();
    }

    private RejectedException rejection(String list) {
        bucket.with(LIST, list);
        return rejection();
    }

    private RejectedException rejection() {
        List<RejectedException> caught = new ArrayList<>();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(this::addresses)
                .satisfies(caught::add);
        return caught.getFirst();
    }

    @Test
    void listFromASpreadsheetIsAccepted() {
        assertThat(addresses("\uFEFFE-Mail\r\n"
                        + "ana@example.com\u00A0\r\n"
                        + "\"bo@example.com\",\r\n\r\n"
                        + "\u200Bcy@example.com;\r\n"))
                .containsExactly("ana@example.com", "bo@example.com", "cy@example.com");
    }

    @Test
    void listMayContainJsonAndAddresses() {
        assertThat(addresses("{\"address\":\"ana@example.com\",\"name\":\"Ana, <A>\"},\rbo@example.com"))
                .containsExactly("ana@example.com", "bo@example.com");
    }

    @Test
    void duplicatesAreLeftOut() {
        String list =
                String.join(
                                "\n",
                                IntStream.range(0, 250)
                                        .mapToObj(i -> "r%d@example.com".formatted(i % 130))
                                        .toList()) + "\nR7@EXAMPLE.com\nlast@example.com";

        assertThat(addresses(list))
                .hasSize(131)
                .doesNotHaveDuplicates()
                .endsWith("r129@example.com", "last@example.com");
    }

    @Test
    void headingOfSeveralColumnsIsRejectedByName() {
        RejectedException rejected = rejection("email,name\nana@example.com,Ana\nbo@example.com,Bo\n");

        assertThat(rejected.code()).isEqualTo(RejectionCode.ADDRESS_INVALID);
        assertThat(rejected.detail())
                .startsWith("line 1 of the recipient list looks like a heading")
                .contains("lines 2 and 3 of the recipient list: each looks like a row of a table");
    }

    @Test
    void allInvalidLinesAreNamedWithTheCodeOfTheFirst() {
        RejectedException rejected =
                rejection("ana@example.com\n{\"address\":1}\nbo\ncy@example.com\nAna <a@example.com>\ndi\n"
                        + "x".repeat(5_000) + "\n{\n");

        assertThat(rejected.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION);
        assertThat(rejected.detail())
                .contains("line 2 ", "lines 3 and 6 ", "line 5 ", "angle brackets", "line 7 ", "4096", "line 8 ")
                .doesNotContain("line 1 ", "line 4 ");
    }

    @Test
    void atMostTwentyInvalidLinesAreNamed() {
        RejectedException rejected = rejection("ana@example.com\n" + "nobody\n".repeat(50));

        assertThat(rejected.detail())
                .contains("20 and 21 of the recipient list")
                .endsWith("The lines after line 21 were not checked");
        assertThat(rejected.detail().length()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "x-UTF-16LE-BOM", "X-UTF-32LE-BOM"})
    void listInAnotherUnicodeEncodingIsRejectedByName(String encoding) {
        bucket.with(LIST, "ana@example.com\r\nbo@example.com\r\n".repeat(20).getBytes(Charset.forName(encoding)));

        RejectedException rejected = rejection();

        assertThat(rejected.code()).isEqualTo(RejectionCode.MALFORMED);
        assertThat(rejected.detail())
                .isEqualTo(
                        "The recipient list is UTF-16 or UTF-32, such as Excel's \"Unicode text\"; save it as UTF-8");
    }

    @Test
    void listWithOnlyAHeadingHasNoRecipients() {
        assertThat(rejection("email\n").detail()).contains("has no recipients");
    }
}
