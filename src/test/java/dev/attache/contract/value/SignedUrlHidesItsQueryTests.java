package dev.attache.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedUrlHidesItsQueryTests {

    private static final String URL = "https://bucket.s3.amazonaws.com/a/b%20c.pdf?X-Amz-Signature=abc&x=1?2";

    @Test
    void queryIsHidden() {
        assertThat(new SignedUrl(URL)).hasToString("https://bucket.s3.amazonaws.com/a/b%20c.pdf?…");
        assertThat(new SignedUrl("https://attache.example.com/a")).hasToString("https://attache.example.com/a");
    }

    @Test
    void recordsThatContainItHideTheQueryToo() {
        Link link = new Link(
                Link.Rel.DOWNLOAD,
                null,
                "GET",
                new SignedUrl(URL),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                Instant.EPOCH);
        LinkIssued issued = new LinkIssued(
                "7c1f",
                Channel.EVENT,
                LinkIssued.Purpose.DOWNLOAD,
                null,
                null,
                null,
                List.of(link),
                Instant.EPOCH,
                null,
                null,
                null,
                null);

        assertThat(issued.toString()).contains("a/b%20c.pdf").doesNotContain("X-Amz-Signature", "abc");
    }

    @Test
    void idOfAPageIsHidden() {
        String id = "0123456789abcdef".repeat(2);

        assertThat(new SignedUrl("https://attache.example.com/u/" + id)).hasToString("https://attache.example.com/u/…");
        assertThat(new SignedUrl("https://attache.example.com/u/" + id + "/sign?a"))
                .hasToString("https://attache.example.com/u/…/sign?…");
        assertThat(new SignedUrl("https://attache.example.com/u/" + id + ".pdf"))
                .hasToString("https://attache.example.com/u/" + id + ".pdf");
    }

    @Test
    void tokenOfADownloadPageIsHidden() {
        String token = "aB3_-".repeat(13) + "xY";

        assertThat(new SignedUrl("https://attache.example.com/d/" + token))
                .hasToString("https://attache.example.com/d/…");
        assertThat(new SignedUrl("https://attache.example.com/d/" + token + "/1?a"))
                .hasToString("https://attache.example.com/d/…/1?…");
        assertThat(new SignedUrl("https://attache.example.com/d/" + token + ".pdf"))
                .hasToString("https://attache.example.com/d/" + token + ".pdf");
    }

    @Test
    void fieldsOfAFormAreHidden() {
        Link link = new Link(
                Link.Rel.UPLOAD,
                null,
                "POST",
                new SignedUrl("https://s3.example/b"),
                Map.of("x-amz-meta-request-id", "7c1f"),
                Map.of("policy", "eyJsecret", "x-amz-signature", "abc"),
                null,
                null,
                null,
                null,
                Instant.EPOCH);

        assertThat(link.toString()).contains("policy", "x-amz-signature").doesNotContain("eyJsecret", "abc", "7c1f");
    }

    @Test
    void revealedUrlIsUnchanged() {
        assertThat(new SignedUrl(URL).reveal()).isEqualTo(URL);
    }
}
