package dev.attache.delivery.relay.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Changes the read timeout of one connection, so that a single reply can have a longer timeout. Jakarta Mail has one
 * timeout for all replies, so this provides the socket factories and keeps the socket. With TLS it keeps the underlying
 * socket, whose timeout applies.
 */
final class SocketTimeouts {

    private volatile @Nullable Socket socket;

    /**
     * Sets the socket factories in the properties of one connection.
     *
     * @param prefix such as {@code mail.smtp}
     */
    void install(Properties settings, String prefix) {
        if (settings.get(prefix + ".ssl.socketFactory") instanceof SSLSocketFactory tls) {
            settings.put(prefix + ".ssl.socketFactory", new TlsSocketFactory(tls));
        }
        if (settings.getProperty(prefix + ".socketFactory.class") != null) {
            return;
        }
        Object configured = settings.get(prefix + ".socketFactory");
        settings.put(
                prefix + ".socketFactory",
                configured instanceof SocketFactory factory
                        ? new PlainSocketFactory(factory::createSocket)
                        : new PlainSocketFactory(() -> direct(settings, prefix)));
        // Otherwise Jakarta Mail would try again without the factory.
        settings.put(prefix + ".socketFactory.fallback", "false");
    }

    private static Socket direct(Properties settings, String prefix) {
        String socks = settings.getProperty(prefix + ".socks.host");
        int port = Integer.parseInt(settings.getProperty(prefix + ".socks.port", "1080"));
        return socks == null
                ? new Socket()
                : new Socket(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(socks, port)));
    }

    /** Sets the read timeout, and returns the previous one. */
    Duration setReadTimeout(Duration timeout) throws SocketException {
        Socket current = socket;
        if (current == null) {
            return timeout;
        }
        int before = current.getSoTimeout();
        current.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return Duration.ofMillis(before);
    }

    private Socket keep(Socket opened) {
        socket = opened;
        return opened;
    }

    @FunctionalInterface
    private interface Opening {

        Socket open() throws IOException;
    }

    /** Creates unconnected sockets, which Jakarta Mail connects. */
    private final class PlainSocketFactory extends SocketFactory {

        private final Opening opening;

        PlainSocketFactory(Opening opening) {
            this.opening = opening;
        }

        @Override
        public Socket createSocket() throws IOException {
            return keep(opening.open());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
        }

        private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from) throws IOException {
            Socket unconnected = createSocket();
            if (from != null) {
                unconnected.bind(from);
            }
            unconnected.connect(to);
            return unconnected;
        }
    }

    /** Keeps the socket that a configured TLS factory wraps. */
    private final class TlsSocketFactory extends SSLSocketFactory {

        private final SSLSocketFactory tls;

        TlsSocketFactory(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            return tls.createSocket(keep(plain), host, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return keep(tls.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return keep(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return keep(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return keep(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return keep(tls.createSocket(host, port, local, localPort));
        }
    }
}
