package dev.attache.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com",
                "ana.lima+tag@sub.example.co.uk",
                "o'hara@example.com",
                "a@b.co",
                "sandbox@localhost",
                "user@bücher.example",
                "user@例え.テスト",
                "user@xn--bcher-kva.example",
                "a_b-c!d#e@example.com",
                "1@2.com"
            })
    void mailable(String address) {
        assertThat(Addresses.isMailable(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ana",
                "ana@",
                "@example.com",
                "ana@example",
                "a@b@example.com",
                "ana @example.com",
                "ana@exam ple.com",
                " ana@example.com",
                "ana@example.com ",
                "ana@example.com\n",
                "ana@example.com\r\nBcc: b@example.com",
                "ana\r\n@example.com",
                "ana@example.com,bo@example.com",
                "<ana@example.com>",
                "Ana <ana@example.com>",
                "ana@example..com",
                "ana@.example.com",
                "ana@example.com.",
                ".ana@example.com",
                "ana.@example.com",
                "a..b@example.com",
                "ana@-example.com",
                "ana@example-.com",
                "ana@exa_mple.com",
                "ana@127.0.0.1",
                "ana@[127.0.0.1]",
                "\"ana\"@example.com",
                "änä@example.com",
                "ana@exa\u0000mple.com",
                "ana\u0007@example.com",
                "ana;bo@example.com",
                "ana:bo@example.com",
                "ana(comment)@example.com",
                "ana\\@example.com",
                "ana@\u202Eexample.com",
                "ana@example\u3002\u3002com",
                "ana@example.123"
            })
    void notMailable(String address) {
        assertThat(Addresses.isMailable(address)).isFalse();
    }

    @Test
    void lengthsAreLimitedAsInRfc5321() {
        String label = "d".repeat(63);
        String domain = label + "." + label + "." + label;

        assertThat(Addresses.isMailable("a".repeat(64) + "@example.com")).isTrue();
        assertThat(Addresses.isMailable("a".repeat(65) + "@example.com")).isFalse();
        assertThat(Addresses.isMailable("a@" + "d".repeat(63) + ".com")).isTrue();
        assertThat(Addresses.isMailable("a@" + "d".repeat(64) + ".com")).isFalse();
        assertThat(Addresses.isMailable("a".repeat(62) + "@" + domain)).isTrue();
        assertThat(Addresses.isMailable("a".repeat(63) + "@" + domain)).isFalse();
    }

    @Test
    void lengthOfADomainIsThatOfItsAsciiForm() {
        String address = "a@" + ("ü例".repeat(19) + ".").repeat(6) + "example";

        assertThat(address).hasSizeLessThan(254);
        assertThat(IDN.toASCII(address.substring(2))).hasSizeGreaterThan(254 - 2);
        assertThat(Addresses.isMailable(address)).isFalse();
    }

    @Test
    void longInvalidAddressIsRefusedWithoutBacktracking() {
        assertThat(Addresses.isMailable("a@" + "a.".repeat(120) + "!")).isFalse();
        assertThat(Addresses.isMailable("a.".repeat(200_000) + "@example.com")).isFalse();
    }
}
