package dev.attache.gateway.error;

import dev.attache.gateway.PageWriter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Writes the page of an error that Tomcat answers itself, such as an invalid request line or bad percent-encoding: such
 * a request reaches no servlet. It replaces Tomcat's own page.
 */
final class ErrorPageValve extends ErrorReportValve {

    private final ErrorPages pages;

    ErrorPageValve(ErrorPages pages) {
        this.pages = pages;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = ErrorPages.status(response.getStatus());
        if (status < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !canWrite(response)) {
            return;
        }
        byte[] page = pages.page(status, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        response.setStatus(status);
        ErrorPages.HEADERS.forEach(response::setHeader);
        if (status == HttpStatus.METHOD_NOT_ALLOWED.value()) {
            response.setHeader(HttpHeaders.ALLOW, pages.allowedMethods(request.getRequestURI()));
        }
        response.setContentType(PageWriter.HTML.toString());
        response.setContentLength(page.length);
        try {
            response.getOutputStream().write(page);
            response.finishResponse();
        } catch (IOException | IllegalStateException lost) {
            // The connection is lost, or the answer has begun: no page can follow.
        }
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
