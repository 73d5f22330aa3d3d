package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Tells clients apart by their IP addresses. One customer of a provider has an IPv6 network of 64 bits at least (RFC
 * 6177), and so can change the rest of the address at will: such a network is one client.
 *
 * <p>{@code X-Forwarded-For} is looked at only when the request comes from a trusted proxy. Each proxy adds the address
 * that it saw at the end; what stands to the left of the last address that no trusted proxy has may be invented by the
 * client. {@code Forwarded} (RFC 7239) is not looked at: a proxy that writes the one header passes the other on as the
 * client sent it.
 */
final class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final int MOST_PROXIES = 20;

    private static final int BYTES_OF_A_NETWORK = 8;

    private final List<IpAddressMatcher> trusted;

    ClientAddresses(List<IpAddressMatcher> trusted) {
        this.trusted = trusted;
    }

    /** What the client of this request is called: the same text for all requests of the same client. */
    String client(HttpServletRequest request) {
        return parse(request.getRemoteAddr())
                .map(peer -> name(isTrusted(peer) ? beyond(peer, request) : peer))
                .orElse(request.getRemoteAddr());
    }

    /** The nearest address that is no trusted proxy's; where something else stands in its place, the last proxy's. */
    private InetAddress beyond(InetAddress proxy, HttpServletRequest request) {
        List<String> hops = Arrays.asList(String.join(",", Collections.list(request.getHeaders(FORWARDED_FOR)))
                .split(",", -1));
        InetAddress client = proxy;
        for (String hop : hops.reversed().stream().limit(MOST_PROXIES).toList()) {
            Optional<InetAddress> address = parse(hop.strip());
            if (address.isEmpty()) {
                return client;
            }
            client = address.get();
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        String text = withoutZone(address.getHostAddress());
        return trusted.stream().anyMatch(network -> network.matches(text));
    }

    /** Some proxies add a port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. Names are not looked up. */
    private static Optional<InetAddress> parse(String text) {
        String address = text;
        if (text.startsWith("[") && text.contains("]")) {
            address = text.substring(1, text.indexOf(']'));
        } else if (text.contains(".") && text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            address = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(withoutZone(address)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The zone of a link-local address says which of our network cards it is on. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** The JDK makes an IPv4 address of one that is mapped to IPv6 ({@code ::ffff:192.0.2.1}). */
    private static String name(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : HexFormat.of().formatHex(address.getAddress(), 0, BYTES_OF_A_NETWORK) + "/64";
    }
}
