package dev.attache.delivery.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmtpReplyUnitTests {

    @Test
    void theEnhancedCodeIsReadIfThereIsOne() {
        assertThat(new SmtpReply(550, "550 5.7.1 no").enhanced()).isEqualTo("5.7.1");
        assertThat(new SmtpReply(550, "550-5.1.10 a\n550 5.1.10 b\n").enhanced())
                .isEqualTo("5.1.10");
        assertThat(new SmtpReply(550, "550 no such user").enhanced()).isEmpty();
        assertThat(new SmtpReply(550, "550 5.7.1.2 odd").enhanced()).isEqualTo("5.7.1");
        assertThat(new SmtpReply(250, "250").enhanced()).isEmpty();
    }

    @Test
    void aMaskedReplyHasTheCodesOnly() {
        assertThat(new SmtpReply(550, "550 5.1.1 <ana@example.com> unknown").masked())
                .isEqualTo("550 5.1.1");
        assertThat(new SmtpReply(550, "550 <ana@example.com> unknown").masked()).isEqualTo("550");
    }
}
