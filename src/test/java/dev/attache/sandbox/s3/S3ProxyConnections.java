package dev.attache.sandbox.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.shaded.org.eclipse.jetty.http.HttpFields;
import org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.handler.EagerContentHandler;
import org.gaul.shaded.org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/**
 * Makes S3Proxy close its connections as RFC 9112 requires ("HTTP/1.1", 9.3 and 9.6). S3Proxy refuses a request without
 * reading its content, and its Jetty then closes the connection without a {@code Connection: close} in the response. A
 * client that keeps the connection sends its next request into a closed socket, or is cut off while it sends the
 * content.
 */
public final class S3ProxyConnections {

    /** Content up to this size is read before S3Proxy sees the request, so that the connection can be kept. */
    static final int READ_FIRST = 1 << 20;

    /**
     * Longer than clients keep an idle connection (30 s in the JDK, 60 s in the AWS SDK): the client closes it first.
     */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private S3ProxyConnections() {}

    /**
     * Changes a server that was not started yet.
     *
     * @throws IllegalStateException if this version of S3Proxy does not have the field that is read here
     */
    public static void correct(S3Proxy proxy) {
        correct(server(proxy));
    }

    /**
     * As {@link #correct(S3Proxy)}, and adds what S3Proxy lacks of multipart uploads. S3Proxy must ignore headers that
     * it does not know.
     *
     * @param pages the origin of the pages
     */
    public static void correct(S3Proxy proxy, PendingMultiparts multiparts, String pages) {
        var server = server(proxy);
        server.insertHandler(new MultipartHandler(multiparts, knownHeaders(), pages));
        correct(server);
    }

    private static void correct(Server server) {
        for (Connector connector : server.getConnectors()) {
            ((AbstractConnector) connector).setIdleTimeout(IDLE.toMillis());
        }
        server.insertHandler(new EagerContentHandler(new RetainedContentLoaderFactory(READ_FIRST, 0, false)));
        server.insertHandler(new CloseHeader());
    }

    /** Reads a private field, because S3Proxy has no method that returns its server. */
    private static Server server(S3Proxy proxy) {
        try {
            var field = S3Proxy.class.getDeclaredField("server");
            field.setAccessible(true);
            return (Server) field.get(proxy);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("This version of S3Proxy has no field named server", changed);
        }
    }

    /** Reads a private field, because S3Proxy has no method that returns these names. */
    @SuppressWarnings("unchecked")
    private static Set<String> knownHeaders() {
        try {
            var field = S3ProxyHandler.class.getDeclaredField("SUPPORTED_X_AMZ_HEADERS");
            field.setAccessible(true);
            return (Set<String>) field.get(null);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(
                    "This version of S3Proxy has no field named SUPPORTED_X_AMZ_HEADERS", changed);
        }
    }

    /** Adds {@code Connection: close} to a response that is sent before the request's content has been read. */
    private static final class CloseHeader extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return super.handle(
                    request,
                    new Response.Wrapper(request, response) {

                        @Override
                        public void write(boolean last, ByteBuffer content, Callback written) {
                            if (!isCommitted() && !request.consumeAvailable()) {
                                getHeaders().put(HttpFields.CONNECTION_CLOSE);
                            }
                            super.write(last, content, written);
                        }
                    },
                    callback);
        }
    }
}
