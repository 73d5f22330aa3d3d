package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

class PageLimitsUnitTests {

    private static PageLimits bind(String name, String value) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("attache.gateway.limits." + name, value);
        return new Binder(source).bindOrCreate("attache.gateway.limits", PageLimits.class);
    }

    @Test
    void settingsHaveDefaults() {
        PageLimits limits = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("attache.gateway.limits", PageLimits.class);

        assertThat(limits.concurrent()).isEqualTo(50);
        assertThat(limits.requestsPerMinute()).isEqualTo(300);
        assertThat(limits.clients()).isEqualTo(10_000);
        assertThat(limits.proxies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "concurrent,0",
        "concurrent,1001",
        "requests-per-minute,0",
        "requests-per-minute,100001",
        "clients,99",
        "clients,1000001"
    })
    void aLimitOutOfRangeIsRefusedByName(String name, String value) {
        BindException problem = catchThrowableOfType(BindException.class, () -> bind(name, value));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem))
                .hasMessageStartingWith("attache.gateway.limits." + name + " is " + value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        10.0.0.0/33
        10.0.0.0/
        10.0.0
        proxy.example.com
        2001:db8::/129
        10.0.0.0/8,nonsense
        10.0.0.0/-1
        """)
    void aProxyThatIsNotANetworkIsRefusedByName(String value) {
        BindException problem = catchThrowableOfType(BindException.class, () -> bind("trusted-proxies", value));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem))
                .hasMessageStartingWith("attache.gateway.limits.trusted-proxies has '");
    }

    @Test
    void proxiesAreAddressesOrNetworks() {
        assertThat(bind("trusted-proxies", "10.0.0.0/8, 192.0.2.1,2001:db8::/32,::1")
                        .proxies())
                .hasSize(4);
    }
}
