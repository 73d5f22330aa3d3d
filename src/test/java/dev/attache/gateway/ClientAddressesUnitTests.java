package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesUnitTests {

    private static final ClientAddresses DIRECT = addresses();

    private static final ClientAddresses BEHIND_PROXIES = addresses("10.0.0.0/8", "2001:db8:ffff::/48", "192.0.2.99");

    private static ClientAddresses addresses(String... trusted) {
        return new ClientAddresses(new PageLimits(1, 1, 100, List.of(trusted)).proxies());
    }

    private static String client(ClientAddresses addresses, String peer, String... forwardedFor) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (String header : forwardedFor) {
            request.addHeader("X-Forwarded-For", header);
        }
        return addresses.client(request);
    }

    @Test
    void aSlash64Ipv6NetworkIsOneClient() {
        assertThat(client(DIRECT, "2001:db8:1:2::1"))
                .isEqualTo(client(DIRECT, "2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(client(DIRECT, "2001:db8:1:3::1"));
    }

    @Test
    void eachIpv4AddressIsAClientHoweverItIsWritten() {
        assertThat(client(DIRECT, "::ffff:203.0.113.7"))
                .isEqualTo(client(DIRECT, "203.0.113.7"))
                .isEqualTo("203.0.113.7")
                .isNotEqualTo(client(DIRECT, "203.0.113.8"));
    }

    @Test
    void theZoneOfALinkLocalAddressIsIgnored() {
        assertThat(client(DIRECT, "fe80::1%eth0")).isEqualTo(client(DIRECT, "fe80::2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.1", "10.0.0.1", "2001:db8:ffff::1"})
    void aHeaderFromAnUntrustedPeerIsIgnored(String forged) {
        assertThat(client(DIRECT, "203.0.113.7", forged)).isEqualTo("203.0.113.7");
        assertThat(client(BEHIND_PROXIES, "203.0.113.7", forged)).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        203.0.113.7                            | 203.0.113.7
        198.51.100.1, 203.0.113.7              | 203.0.113.7
        198.51.100.1, 203.0.113.7, 10.9.9.9    | 203.0.113.7
        203.0.113.7,10.1.1.1 , 192.0.2.99      | 203.0.113.7
        203.0.113.7:4711                       | 203.0.113.7
        2001:db8:1:2::9                        | 20010db800010002/64
        [2001:db8:1:2::9]:4711                 | 20010db800010002/64
        [2001:db8:1:2::9]                      | 20010db800010002/64
        ::ffff:203.0.113.7                     | 203.0.113.7
        203.0.113.7, 2001:db8:ffff::5          | 203.0.113.7
        """)
    void behindTrustedProxiesTheClientIsTheLastUntrustedAddress(String header, String client) {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", header)).isEqualTo(client);
    }

    @Test
    void severalHeadersAreReadAsOneList() {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", "198.51.100.1", "203.0.113.7, 10.2.2.2"))
                .isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "unknown",
                "_hidden",
                "localhost",
                "203.0.113.7, unknown",
                "203.0.113.7,,",
                "300.1.1.1",
                "[::1",
                "1.2.3.4.5",
                "203.0.113.7, attache.example.com:80",
                "\u0000"
            })
    void anInvalidAddressCountsAsTheProxyThatSentIt(String header) {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", header)).isEqualTo("10.0.0.1");
    }

    @Test
    void ifAllAddressesAreProxiesTheFirstIsTheClient() {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
    }

    @Test
    void withoutAHeaderTheProxyIsTheClient() {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void aChainOfProxiesIsFollowedUpToALimit() {
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", "203.0.113.7" + ", 10.0.0.2".repeat(19)))
                .isEqualTo("203.0.113.7");
        assertThat(client(BEHIND_PROXIES, "10.0.0.1", "203.0.113.7" + ", 10.0.0.2".repeat(20)))
                .isEqualTo("10.0.0.2");
    }
}
