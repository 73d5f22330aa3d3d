package dev.attache.contract.value;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.PURCHASE;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.ADDRESS_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.contract.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A domain is converted to the registered one, or refused. */
class DomainNamesTests {

    /**
     * Unicode Technical Standard #46, "Deviations": these four differ from IDNA 2003, whose results may be domains of
     * other owners.
     */
    @ParameterizedTest
    @CsvSource({
        "fa\u00DF.de, xn--fa-hia.de",
        "\u03B2\u03CC\u03BB\u03BF\u03C2.com, xn--nxasmm1c.com",
        "\u0DC1\u0DCA\u200D\u0DBB\u0DD3.com, xn--10cl1a0b660p.com",
        "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com, xn--mgba3gch31f060k.com"
    })
    void deviationCharactersAreKept(String domain, String ascii) {
        assertThat(DomainNames.toAscii(domain)).isEqualTo(ascii);
        assertThat(Addresses.asciiDomain(domain)).isEqualTo(ascii);
        assertThat(java.net.IDN.toASCII(domain)).isNotEqualTo(ascii);
    }

    @ParameterizedTest
    @CsvSource({
        "b\u00FCcher.example, xn--bcher-kva.example",
        "B\u00DCCHER.Example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "FA\u1E9E.example, xn--fa-hia.example",
        "\u4F8B\u3048.\u30C6\u30B9\u30C8, xn--r8jz45g.xn--zckzah",
        "\u4F8B\u3048\u3002\u30C6\u30B9\u30C8, xn--r8jz45g.xn--zckzah",
        "\u4F8B\u3048\uFF0E\u30C6\u30B9\u30C8, xn--r8jz45g.xn--zckzah",
        "example\uFF61com, example.com",
        "\uFF45xample.com, example.com",
        "\u0645\u062B\u0627\u0644.\u0625\u062E\u062A\u0628\u0627\u0631, xn--mgbh0fb.xn--kgbechtv",
        "\u05D0\u05D11.com, xn--1-zhcd.com",
        "l\u00B7l.cat, xn--ll-0ea.cat",
        "fa\u00ADss.example, fass.example",
        "b\u00FCcher.xn--bcher-kva, xn--bcher-kva.xn--bcher-kva"
    })
    void spellingsAreNormalised(String domain, String ascii) {
        assertThat(DomainNames.toAscii(domain)).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "EXAMPLE.Com",
                "localhost",
                "r3---sn-x.example",
                "a_b.example",
                "",
                ".",
                "a..b",
                "not-xn--x.example",
                "xn--bcher-kva.example",
                "XN--BCHER-KVA.example",
                "xn--fa-hia.de",
                "mail.xn--fa-hia.de"
            })
    void asciiNamesAreNotChanged(String domain) {
        assertThat(DomainNames.toAscii(domain)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xn--.example|xn--",
                "xn--a.example|xn--",
                "xn--bcher-kv.example|xn--",
                "xn--99999999.example|xn--",
                "a.xn--fass-.example|xn--",
                "xn--example-.com|xn--",
                "xn--fiqs8s\u4E2D.example|xn--",
                "b\u00FCcher..example|two dots",
                ".b\u00FCcher.example|two dots",
                "a\u05D0.com|directions",
                "1.\u05D0\u05D1.com|directions",
                "a\u200Db.com|joiner",
                "a\u200Cb.com|joiner",
                "\u0300a.com|combining mark",
                "\u202Eb\u00FCcher.com|character",
                "b\u00FCcher_x.com|character",
                "b\u00FC cher.com|character",
                "-b\u00FCcher.com|character",
                "b\u00FCcher\uFFFD.com|character",
                "a\u00B7b.com|character",
                "a\uD83D.com|character"
            })
    void invalidNamesAreRefusedWithAReason(String domain, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainNames.toAscii(domain))
                .withMessageContaining(words)
                .withMessageNotContaining("cher");
        assertThat(Addresses.isMailable("ana@" + domain)).isFalse();
    }

    @Test
    void lengthsAreLimitedInAsciiForm() {
        // "xn--" and "-" with the code of one letter at that place take the rest.
        String longest = "a".repeat(55) + "\u00FC";
        assertThat(DomainNames.toAscii(longest + ".example").indexOf('.')).isEqualTo(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainNames.toAscii("a" + longest + ".example"))
                .withMessageContaining("63 characters");
        String part = "b\u00FC" + "c".repeat(45) + ".";
        assertThat(DomainNames.toAscii(part.repeat(4) + "a".repeat(8))).hasSizeLessThanOrEqualTo(253);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainNames.toAscii(part.repeat(4) + "a".repeat(40)))
                .withMessageContaining("253 characters");
    }

    @Test
    void dotAtTheEndIsKeptAndIsNotMailable() {
        assertThat(DomainNames.toAscii("b\u00FCcher.example.")).isEqualTo("xn--bcher-kva.example.");
        assertThat(Addresses.isMailable("ana@b\u00FCcher.example.")).isFalse();
    }

    @Test
    void longInvalidNameIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DomainNames.toAscii("\u00FC".repeat(200_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> DomainNames.toAscii("xn--" + "a".repeat(200_000)));
    }

    @Test
    void domainsAreCheckedEverywhereAndNotQuoted() {
        String bad = quoted("ana@xn--a.example");

        assertRejected(
                rejection(bytes(with(DOWNLOAD, "/data/recipients/0/address", bad)), EventType.ATTACHMENT_REQUESTED),
                "$.data.recipients[0]");
        assertRejected(
                rejection(bytes(with(UPLOAD, "/data/notify/0", bad)), EventType.ATTACHMENT_REQUESTED),
                "$.data.notify[0]");
        assertRejected(
                rejection(bytes(with(PURCHASE, "/data/customer/address", bad)), EventType.PURCHASE_COMPLETED),
                "$.data.customer");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> CODEC.readRecipient("ana@xn--a.example", 7))
                .satisfies(rejected -> assertRejected(rejected, "line 7 of the recipient list"));
    }

    private static void assertRejected(RejectedException rejected, String where) {
        assertThat(rejected.code()).isEqualTo(ADDRESS_INVALID);
        assertThat(rejected.detail())
                .isEqualTo(where + " has an address whose domain has a part that begins with xn-- and does"
                        + " not encode a valid name; write the domain as it is registered");
    }

    @ParameterizedTest
    @CsvSource({
        "ana@b\u00FCcher.example, Ana@XN--BCHER-KVA.example",
        "ana@fa\u00DF.de, ana@xn--fa-hia.de",
        "ana@example.com, ANA@Example\u3002com",
        "ana, ANA",
        "'', ''"
    })
    void spellingsOfOneAddressHaveOneCanonicalForm(String one, String other) {
        assertThat(Addresses.canonical(one)).isEqualTo(Addresses.canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "ana@fa\u00DF.de, ana@fass.de",
        "ana@example.com, bo@example.com",
        "ana@xn--a.example, ana@a.example",
        "a@b@c.de, a@c.de"
    })
    void differentAddressesHaveDifferentCanonicalForms(String one, String other) {
        assertThat(Addresses.canonical(one)).isNotEqualTo(Addresses.canonical(other));
    }
}
