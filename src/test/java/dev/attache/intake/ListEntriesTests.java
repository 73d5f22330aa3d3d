package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListEntriesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com\u00A0",
                "\u200Bana@example.com",
                "\uFEFFana@example.com\uFEFF",
                "ana@example.com,",
                "ana@example.com ; ",
                "\t ana@example.com\u202F",
                "\u2060ana@example.com\u200E",
                "ana@example.com,,;"
            })
    void spacesAndSeparatorsAroundAnAddressAreRemoved(String line) {
        assertThat(ListEntries.cleaned(line)).isEqualTo("ana@example.com");
    }

    @Test
    void lineOfSeparatorsAndSpacesIsBlank() {
        assertThat(ListEntries.cleaned("\u00A0 ,;,\uFEFF")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "E-Mail", "Address", "\"Email address\"", "ADRESSE"})
    void wordForAddressesIsAHeading(String entry) {
        assertThat(ListEntries.isHeading(entry)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        email,name                          | heading
        Customers of May                    | heading
        [{"address":"ana@example.com"}]     | JSON array
        Ana <ana@example.com>               | angle brackets
        ana@example.com,Ana                 | row of a table
        ana@example.com; bo@example.com     | several addresses
        ana @example.com                    | U+0020
        """)
    void entryThatIsNotAnAddressIsDescribed(String entry, String name) {
        assertThat(ListEntries.oddity(entry, true)).get().asString().contains(name);
    }

    @Test
    void invisibleCharacterIsNamedByItsCodePoint() {
        assertThat(ListEntries.oddity("ana\u200B@example.com", false))
                .get()
                .asString()
                .contains("U+200B");
        assertThat(ListEntries.oddity("ana\u0000@example.com", false))
                .get()
                .asString()
                .contains("U+0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com",
                "\"ana@example.com\"",
                "{\"address\":\"ana@example.com\",\"name\":\"Ana, of <Acme>\"}"
            })
    void addressesAndJsonHaveNoProblem(String entry) {
        assertThat(ListEntries.oddity(entry, true)).isEmpty();
    }

    @Test
    void onlyTheFirstEntryCanBeAHeading() {
        assertThat(ListEntries.oddity("nobody", false)).isEmpty();
    }
}
