package dev.attache.console.access;

import dev.attache.console.Operator;
import dev.attache.gateway.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** What a sign-in on the page or at a provider, and a sign-out, are answered with; and their audit entries. */
final class SignInResult
        implements AuthenticationSuccessHandler, AuthenticationFailureHandler, LogoutHandler, LogoutSuccessHandler {

    private static final Logger log = LoggerFactory.getLogger(SignInResult.class);

    private final SignInPage page;

    private final SignInAudit audit;

    private final ClientAddresses addresses;

    SignInResult(SignInPage page, SignInAudit audit, ClientAddresses addresses) {
        this.page = page;
        this.audit = audit;
        this.addresses = addresses;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication signedIn) {
        String how = signedIn instanceof OAuth2AuthenticationToken provider
                ? provider.getAuthorizedClientRegistrationId()
                : "password";
        Sessions.operator(signedIn)
                .ifPresent(operator -> audit.signedIn(operator.name(), addresses.client(request), how));
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, target(request));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        switch (why) {
            case TooManyAttemptsException tooMany -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.seconds()));
                write(
                        request,
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many wrong passwords. Wait %s, then try again.".formatted(duration(tooMany.seconds())));
            }
            case BadCredentialsException wrong ->
                write(request, response, HttpStatus.UNAUTHORIZED, "The name or the password is wrong.");
            case AuthenticationServiceException unavailable ->
                write(
                        request,
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Nobody can sign in now, because the keys of the installation cannot be read from S3. Try"
                                + " again; the worker's log says why.");
            default -> refuse(request, response, why);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        String client = addresses.client(request);
        if (why instanceof OAuth2AuthenticationException refused
                && refused.getError().getErrorCode().equals(OidcOperators.NO_ROLE)) {
            audit.failed("unknown user", client, "no role at the provider");
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "You are signed in at the provider, but have neither the role operator nor the role viewer here."
                            + " Ask whoever administers your account.");
        } else {
            audit.failed("unknown user", client, "refused by the provider");
            // Neither code nor description, which whoever sent the request may have chosen.
            log.warn(
                    "A sign-in at an OpenID provider failed: {}",
                    innermost(why).getClass().getSimpleName());
            write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "The sign-in at the provider did not succeed. Try again; if it fails again, the provider does"
                            + " not answer or its settings here are wrong.");
        }
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : innermost(cause);
    }

    /** A sign-out. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication signedIn) {
        if (signedIn != null && signedIn.getPrincipal() instanceof Operator operator) {
            audit.signedOut(operator.name(), addresses.client(request));
        }
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication signedOut) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, ConsoleEntry.SIGN_IN + "?signed-out");
    }

    private static String target(HttpServletRequest request) {
        return request.getAttribute(AuthorizationCookies.TARGET) instanceof String target
                ? target
                : SignInTarget.of(request.getParameter("continue"));
    }

    private static String duration(long seconds) {
        return seconds < 60
                ? seconds + (seconds == 1 ? " second" : " seconds")
                : (seconds + 59) / 60 + (seconds <= 60 ? " minute" : " minutes");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        byte[] body = page.html(
                        request,
                        message,
                        true,
                        Objects.requireNonNullElse(request.getParameter("username"), ""),
                        target(request))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status.value());
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(body);
    }
}
