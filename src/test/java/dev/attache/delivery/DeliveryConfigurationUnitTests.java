package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.delivery.mail.DeliveryProperties;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

class DeliveryConfigurationUnitTests {

    @Test
    void settingsHaveDefaults() {
        DeliveryProperties properties = bind("attache.mail.from", "Acmé <files@acme.example>");

        assertThat(properties.timeZone().getId()).isEqualTo("UTC");
        assertThat(properties.defaultLocale().getLanguage()).isEqualTo("en");
        assertThat(properties.replyToAddress()).isNull();
        assertThat(properties.fromAddress().getPersonal()).isEqualTo("Acmé");
        assertThat(properties.domain()).isEqualTo("acme.example");
    }

    @Test
    void anInvalidSettingIsRefusedWithItsNameAndTheFix() {
        assertProblem("attache.mail.from", "").contains("attache.mail.from is not set", "ATTACHE_MAIL_FROM");
        assertProblem("attache.mail.from", "nobody").contains("attache.mail.from is 'nobody'", "files@acme.example");
        assertProblem("attache.mail.from", "a@b.example, c@d.example").contains("attache.mail.from");
        assertProblem("attache.mail.from", "a@b.example", "attache.mail.reply-to", "x")
                .contains("attache.mail.reply-to");
        assertProblem("attache.mail.from", "a@b.example", "attache.mail.default-locale", "ja")
                .contains("attache.mail.default-locale", "[de, en, es, fr, pt]");
    }

    private static AbstractStringAssert<?> assertProblem(String... settings) {
        BindException problem = catchThrowableOfType(BindException.class, () -> bind(settings));
        return assertThat(NestedExceptionUtils.getMostSpecificCause(problem).getMessage());
    }

    private static DeliveryProperties bind(String... settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        for (int i = 0; i < settings.length; i += 2) {
            source.put(settings[i], settings[i + 1]);
        }
        return new Binder(source).bindOrCreate("attache.mail", DeliveryProperties.class);
    }
}
