package dev.attache.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectRefTests {

    @Test
    void textIsAnS3Url() {
        assertThat(new ObjectRef("attache", "a/é 1.pdf", null)).hasToString("s3://attache/a/é 1.pdf");
        assertThat(new ObjectRef("attache", "a", "v1")).hasToString("s3://attache/a?versionId=v1");
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(new ObjectRef("attache", "a\n2026-11-21 ERROR\u001b[2J\u2028\u202Eb", "v\r1"))
                .hasToString("s3://attache/a?2026-11-21 ERROR?[2J??b?versionId=v?1");
    }

    @Test
    void longTextIsCut() {
        assertThat(new ObjectRef("attache", "k".repeat(100_000), null).toString())
                .hasSizeLessThan(1_200);
    }
}
