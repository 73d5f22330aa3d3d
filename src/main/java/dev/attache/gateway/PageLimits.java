package dev.attache.gateway;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Limits that protect the worker from too many page requests.
 *
 * @param concurrent the number of requests that are handled concurrently, and of the pages' connections to S3; 1 to
 *     1,000. Further requests are answered with 503
 * @param requestsPerMinute page requests per minute and client, which is also the burst size; 1 to 100,000. A client is
 *     an IPv4 address or a /64 IPv6 network. Further requests are answered with 429
 * @param clients the number of clients whose rates are kept, the most recent ones; 100 to 1,000,000
 * @param trustedProxies networks (CIDR) or addresses of the proxies whose {@code X-Forwarded-For} is trusted
 */
@ConfigurationProperties("attache.gateway.limits")
public record PageLimits(
        @DefaultValue("50") int concurrent,
        @DefaultValue("300") int requestsPerMinute,
        @DefaultValue("10000") int clients,
        @DefaultValue List<String> trustedProxies) {

    /** Stricter than Spring, which also accepts host names, shortened addresses and negative lengths. */
    private static final Pattern NETWORK =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(/[0-9]{1,3})?");

    public PageLimits {
        requireBetween("concurrent", concurrent, 1, 1_000);
        requireBetween("requests-per-minute", requestsPerMinute, 1, 100_000);
        requireBetween("clients", clients, 100, 1_000_000);
        trustedProxies.forEach(PageLimits::network);
    }

    /** Matchers for the addresses of the trusted proxies. */
    List<IpAddressMatcher> proxies() {
        return trustedProxies.stream().map(PageLimits::network).toList();
    }

    private static IpAddressMatcher network(String text) {
        if (NETWORK.matcher(text.strip()).matches()) {
            try {
                return new IpAddressMatcher(text.strip());
            } catch (IllegalArgumentException outOfRange) {
                // Reported below.
            }
        }
        throw new IllegalArgumentException(
                ("attache.gateway.limits.trusted-proxies has '%s', but must be addresses or networks such as "
                                + "10.0.0.0/8 or 2001:db8::/32")
                        .formatted(text));
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("attache.gateway.limits.%s is %d, but must be between %d and %d"
                    .formatted(name, value, least, most));
        }
    }
}
