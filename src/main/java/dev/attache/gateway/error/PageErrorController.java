package dev.attache.gateway.error;

import dev.attache.gateway.PageWriter;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers errors of the pages' port with a page in the reader's language, or a problem for a page's script. */
@RestController
@ConditionalOnRole(Role.PAGES)
public class PageErrorController implements ErrorController {

    private final ErrorPages pages;

    PageErrorController(ErrorPages pages) {
        this.pages = pages;
    }

    /**
     * The method of the request that failed. The server forwards with GET (Jakarta Servlet 6.1, {@code ERROR_METHOD}).
     */
    private static String method(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String failed
                ? failed
                : request.getMethod();
    }

    /** The server forwards here with the status of the error. A direct request asks for an address without a page. */
    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<byte[]> error(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer error
                ? ErrorPages.status(error)
                : HttpStatus.NOT_FOUND.value();
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        // Replaces the headers of the page that failed; those of a ResponseEntity would be added to them.
        ErrorPages.HEADERS.forEach(response::setHeader);
        if (status == HttpStatus.METHOD_NOT_ALLOWED.value()) {
            response.setHeader(HttpHeaders.ALLOW, pages.allowedMethods(path));
        }
        Optional<byte[]> problem =
                pages.isScriptCall(method(request), path) ? pages.problem(status, acceptLanguage) : Optional.empty();
        return problem.map(body -> ResponseEntity.status(status)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(body))
                .orElseGet(() -> ResponseEntity.status(status)
                        .contentType(PageWriter.HTML)
                        .body(pages.page(status, acceptLanguage)));
    }
}
