package dev.attache.console.web;

import dev.attache.console.ConsoleController;
import dev.attache.console.access.SignInPage;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page. Its form is answered by the security filters. */
@ConsoleController
class SignInController {

    private final SignInPage page;

    SignInController(SignInPage page) {
        this.page = page;
    }

    @GetMapping("/ops/sign-in")
    String signIn(
            HttpServletRequest request,
            @RequestParam(name = "continue", required = false) @Nullable String target,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            @RequestParam(required = false) @Nullable String ended) {
        String message = signedOut != null
                ? "You are signed out."
                : ended != null ? "Your session has ended. Sign in again to continue." : "";
        return page.html(request, message, false, "", target);
    }
}
