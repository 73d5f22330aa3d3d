package dev.attache.console.access;

import dev.attache.console.ConsolePages;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page where operators sign in. */
public final class SignInPage {

    private final ConsolePages pages;

    private final PasswordUsers users;

    SignInPage(ConsolePages pages, PasswordUsers users) {
        this.pages = pages;
        this.users = users;
    }

    /**
     * Renders it.
     *
     * @param message what happened before; empty if nothing did
     * @param target the page to continue with
     */
    public String html(String message, String name, @Nullable String target) {
        return pages.page(
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
                        !users.isEmpty()));
    }
}
