package dev.attache.console.access;

import dev.attache.console.ConsolePages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page where operators sign in. */
public final class SignInPage {

    private final ConsolePages pages;

    private final PasswordUsers users;

    private final OidcProviders providers;

    SignInPage(ConsolePages pages, PasswordUsers users, OidcProviders providers) {
        this.pages = pages;
        this.users = users;
        this.providers = providers;
    }

    /**
     * Renders it.
     *
     * @param message what happened before; empty if nothing did
     * @param failed whether that was a failure
     * @param name what the person has typed as name
     * @param target the page to continue with
     */
    public String html(
            HttpServletRequest request, String message, boolean failed, String name, @Nullable String target) {
        return pages.page(
                request,
                "sign-in",
                "Sign in",
                null,
                Map.of(
                        "message",
                        message,
                        "name",
                        name,
                        "continue",
                        SignInTarget.of(target),
                        "byPassword",
                        !users.isEmpty(),
                        "providers",
                        providers.choices()));
    }
}
