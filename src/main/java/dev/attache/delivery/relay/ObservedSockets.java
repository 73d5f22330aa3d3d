package dev.attache.delivery.relay;

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
 * Keeps hold of the socket that Jakarta Mail opens for one connection, so that a single reply can be given more time
 * than the others: the library itself has one timeout for all. The socket under a TLS socket is the one whose timeout
 * counts.
 */
final class ObservedSockets {

    private volatile @Nullable Socket socket;

    /**
     * Puts itself into the properties of one connection.
     *
     * @param prefix such as {@code mail.smtp}
     */
    void install(Properties settings, String prefix) {
        if (settings.get(prefix + ".ssl.socketFactory") instanceof SSLSocketFactory tls) {
            settings.put(prefix + ".ssl.socketFactory", new Layered(tls));
        }
        if (settings.getProperty(prefix + ".socketFactory.class") != null) {
            return;
        }
        Object given = settings.get(prefix + ".socketFactory");
        settings.put(
                prefix + ".socketFactory",
                given instanceof SocketFactory factory
                        ? new Plain(factory::createSocket)
                        : new Plain(() -> direct(settings, prefix)));
        // Otherwise the library would try a second time without the factory.
        settings.put(prefix + ".socketFactory.fallback", "false");
    }

    private static Socket direct(Properties settings, String prefix) {
        String socks = settings.getProperty(prefix + ".socks.host");
        int port = Integer.parseInt(settings.getProperty(prefix + ".socks.port", "1080"));
        return socks == null
                ? new Socket()
                : new Socket(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(socks, port)));
    }

    /** Sets how long a read waits, and returns how long it waited before. */
    Duration setTimeout(Duration timeout) throws SocketException {
        Socket current = socket;
        if (current == null) {
            return timeout;
        }
        int before = current.getSoTimeout();
        current.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return Duration.ofMillis(before);
    }

    private Socket observed(Socket opened) {
        socket = opened;
        return opened;
    }

    @FunctionalInterface
    private interface Opening {

        Socket open() throws IOException;
    }

    /** Makes unconnected sockets, as Jakarta Mail asks for. */
    private final class Plain extends SocketFactory {

        private final Opening opening;

        Plain(Opening opening) {
            this.opening = opening;
        }

        @Override
        public Socket createSocket() throws IOException {
            return observed(opening.open());
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

    /** Observes the socket that a configured TLS factory is given. */
    private final class Layered extends SSLSocketFactory {

        private final SSLSocketFactory tls;

        Layered(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            return tls.createSocket(observed(plain), host, port, autoClose);
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
            return observed(tls.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return observed(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return observed(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return observed(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return observed(tls.createSocket(host, port, local, localPort));
        }
    }
}
