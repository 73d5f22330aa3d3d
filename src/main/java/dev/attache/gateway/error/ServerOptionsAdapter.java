package dev.attache.gateway.error;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Answers {@code OPTIONS *}, which asks what the whole server can do (RFC 9110, section 9.3.7). Tomcat would list
 * methods that no page has, without our headers. Passes all other requests on.
 */
final class ServerOptionsAdapter implements Adapter {

    private static final String WHOLE_SERVER = "*";

    private final Adapter tomcat;

    ServerOptionsAdapter(Adapter tomcat) {
        this.tomcat = tomcat;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        if (isAboutTheServer(request)) {
            answer(response);
        } else {
            tomcat.service(request, response);
        }
    }

    private static void answer(Response response) {
        ErrorPages.HEADERS.forEach(response::setHeader);
        response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, OPTIONS");
        response.setContentLength(0);
        response.action(ActionCode.CLOSE, null);
    }

    private static boolean isAboutTheServer(Request request) {
        return request.requestURI().equals(WHOLE_SERVER) && HttpMethod.OPTIONS.matches(request.getMethod());
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return tomcat.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return tomcat.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        tomcat.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        tomcat.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return tomcat.getDomain();
    }
}
