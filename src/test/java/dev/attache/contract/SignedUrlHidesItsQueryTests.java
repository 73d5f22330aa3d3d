package dev.attache.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignedUrlHidesItsQueryTests {

    private static final String URL = "https://bucket.s3.amazonaws.com/a/b%20c.pdf?X-Amz-Signature=abc&x=1?2";

    @Test
    void queryIsHidden() {
        assertThat(new SignedUrl(URL)).hasToString("https://bucket.s3.amazonaws.com/a/b%20c.pdf?…");
        assertThat(new SignedUrl("https://files.example.com/a")).hasToString("https://files.example.com/a");
    }

    @Test
    void whateverHoldsItHidesItToo() {
        Link link = new Link(Link.Rel.DOWNLOAD, null, "GET", new SignedUrl(URL), Map.of(), Map.of(), null, null, null, null,
                Instant.EPOCH);
        LinkIssued issued = new LinkIssued("7c1f", Channel.EVENT, LinkIssued.Purpose.DOWNLOAD, null, null, null,
                List.of(link), Instant.EPOCH, null);

        assertThat(issued.toString()).contains("a/b%20c.pdf").doesNotContain("X-Amz-Signature", "abc");
    }

    @Test
    void urlIsRevealedExactlyAsItWasGiven() {
        assertThat(new SignedUrl(URL).reveal()).isEqualTo(URL);
    }
}
