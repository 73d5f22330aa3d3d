package dev.attache.delivery.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientAddressUnitTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ana",
                "ana@",
                "@example.com",
                "a@b@example.com",
                "ana@example.com, bo@example.com",
                "Ana <ana@example.com>",
                "all: ana@example.com;",
                "ana@example.com\r\nBcc: bo@example.com",
                "an a@example.com",
                "ana@exa mple.com",
                "añá@example.com",
                "ana..lima@example.com",
                "ana@-.",
                "ana(x)@example.com"
            })
    void anythingButOnePlainAddressIsRefused(String address) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> RecipientAddress.of(new Recipient(address)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.ADDRESS_INVALID))
                .satisfies(e -> assertThat(e.detail()).doesNotContain("example.com"));
    }

    @Test
    void aDomainInAnotherScriptIsConvertedToAscii() {
        assertThat(RecipientAddress.of(new Recipient("ana@bücher.example")).getAddress())
                .isEqualTo("ana@xn--bcher-kva.example");
    }

    @Test
    void aDomainIsNotConvertedToASimilarOne() {
        assertThat(RecipientAddress.of(new Recipient("ana@faß.example")).getAddress())
                .isEqualTo("ana@xn--fa-hia.example");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 200_000})
    void aDomainThatIsFarTooLongIsRefused(int length) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> RecipientAddress.of(new Recipient("ana@" + "ü".repeat(length))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.ADDRESS_INVALID));
    }

    @Test
    void anInvalidDomainIsRefusedWithAnExplanation() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> RecipientAddress.of(new Recipient("ana@xn--a.example")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.ADDRESS_INVALID))
                .withMessage("The recipient's address is not valid: its domain has a part that begins with xn-- and"
                        + " does not encode a valid name");
    }

    @Test
    void aNameWithNonAsciiCharactersIsEncoded() {
        assertThat(RecipientAddress.of(new Recipient("ana@example.com", "Añá \"Lima\"", null, null))
                        .toString())
                .isEqualTo("=?UTF-8?Q?A=C3=B1=C3=A1_\"Lima\"?= <ana@example.com>".replace("\"Lima\"", "=22Lima=22"));
    }
}
