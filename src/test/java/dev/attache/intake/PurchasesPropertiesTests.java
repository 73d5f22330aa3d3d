package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PurchasesPropertiesTests {

    private static PurchasesProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("attache.purchases", PurchasesProperties.class);
    }

    @Test
    void timeIsReadAndNoneByDefault() {
        assertThat(bound(Map.of("attache.purchases.former-ids-until", "2026-12-01T00:00:00Z"))
                        .formerIdsUntilOrNever())
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(bound(Map.of("attache.purchases.former-ids-until", "")).formerIdsUntilOrNever())
                .isEqualTo(Instant.MIN);
        assertThat(bound(Map.of()).formerIdsUntilOrNever()).isEqualTo(Instant.MIN);
    }

    @Test
    void invalidTimeEndsTheStartWithTheSettingsName() {
        assertThatThrownBy(() -> bound(Map.of("attache.purchases.former-ids-until", "tomorrow")))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("attache.purchases.former-ids-until")
                .hasMessageContaining("Instant");
    }
}
