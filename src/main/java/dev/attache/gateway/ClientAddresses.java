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
 * Identifies clients by their IP addresses. A customer of a provider gets an IPv6 network of /64 or larger (RFC 6177)
 * and can choose the rest of the address freely, so a /64 network counts as one client.
 *
 * <p>{@code X-Forwarded-For} is used only in requests from a trusted proxy. Each proxy appends the address of its peer.
 * The client is the last address that is not a trusted proxy's; the client may have invented everything before it.
 * {@code Forwarded} (RFC 7239) is ignored, because a proxy that writes one of the two headers passes the other on
 * unchanged.
 */
public final class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final int MOST_PROXIES = 20;

    /** Bytes of a /64 prefix. */
    private static final int PREFIX_LENGTH = 8;

    private final List<IpAddressMatcher> trusted;

    public ClientAddresses(List<IpAddressMatcher> trusted) {
        this.trusted = trusted;
    }

    /** An identifier of the client, equal for all its requests. */
    public String client(HttpServletRequest request) {
        return parse(request.getRemoteAddr())
                .map(peer -> name(isTrusted(peer) ? clientBehind(peer, request) : peer))
                .orElse(request.getRemoteAddr());
    }

    /** The last address that is not a trusted proxy's; the last proxy's if the header has no valid address there. */
    private InetAddress clientBehind(InetAddress proxy, HttpServletRequest request) {
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

    /** Parses an address, with or without a port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. No DNS lookup. */
    private static Optional<InetAddress> parse(String text) {
        String address = text;
        if (text.startsWith("[") && text.contains("]")) {
            address = text.substring(1, text.indexOf(']'));
        } else if (text.contains(".") && text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            address = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(withoutZone(address)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Removes the zone of a link-local address, which names a local network interface ({@code fe80::1%eth0}). */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** An IPv4 address that is mapped to IPv6 ({@code ::ffff:192.0.2.1}) was converted to IPv4 by the JDK. */
    private static String name(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : HexFormat.of().formatHex(address.getAddress(), 0, PREFIX_LENGTH) + "/64";
    }
}
