package dev.attache.gateway.error;

import dev.attache.gateway.PageWriter;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Each error page at an address of its own, for tests of other packages. */
@RestController
@ConditionalOnRole(Role.PAGES)
public final class TestErrors {

    /** The start of the addresses; the status follows. */
    public static final String PATH = "/errors/";

    private final ErrorPages pages;

    public TestErrors(PageWriter pages) {
        this.pages = new ErrorPages(pages, List.of());
    }

    @GetMapping(PATH + "{status}")
    ResponseEntity<byte[]> error(
            @PathVariable int status,
            HttpServletResponse response,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
        ErrorPages.HEADERS.forEach(response::setHeader);
        return ResponseEntity.status(status).contentType(PageWriter.HTML).body(pages.page(status, acceptLanguage));
    }
}
