package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayReplyUnitTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        250 2.0.0 Ok: queued as 4A3                            | 250 2.0.0 Ok: queued as 4A3
        250 2.1.5 <ana.lopez@example.com> accepted             | 250 2.1.5 <[address]> accepted
        250 OK for Ana.Lopez@EXAMPLE.com, id=1x7               | 250 OK for [address], id=1x7
        250 ok bounces+ana.lopez=40example.com from files@acme.example | 250 ok [address] from [address]
        250 Delivered to ana.lopez's mailbox                   | 250 Delivered to [address]'s mailbox
        250 ok 1763 qp ana.lopezer                             | 250 ok 1763 qp ana.lopezer
        250-first line 250 second                              | 250-first line 250 second
        """)
    void aReplyKeepsNoAddress(String reply, String kept) {
        assertThat(RelayReply.withoutAddresses(reply, "ana.lopez@example.com")).isEqualTo(kept);
    }

    @Test
    void aReplyOfSeveralLinesBecomesOneOfAtMost200Characters() {
        assertThat(RelayReply.withoutAddresses("250-a\r\n250\u202e b", "ana@example.com"))
                .isEqualTo("250-a 250 b");
        assertThat(RelayReply.withoutAddresses("250 " + "x".repeat(500), "ana@example.com"))
                .hasSize(201)
                .endsWith("…");
    }
}
