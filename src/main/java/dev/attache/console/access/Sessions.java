package dev.attache.console.access;

import dev.attache.console.Operator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Sessions without a store: a signed cookie says who is signed in and until when, so that any instance accepts it
 * ({@code docs/decisions/0036-the-console-on-the-management-port.md}). The session of a password user ends early if the
 * user is removed from the configuration or has another password, and has the roles of the configuration.
 */
final class Sessions implements SecurityContextRepository {

    static final String COOKIE = "attache-session";

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final String MAY_ACT = "act";

    private static final String PASSWORD = "pwd";

    private final SignedTokens tokens;

    private final ConsoleCookies cookies;

    private final PasswordUsers users;

    Sessions(SignedTokens tokens, ConsoleCookies cookies, PasswordUsers users) {
        this.tokens = tokens;
        this.cookies = cookies;
        this.users = users;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return operator(request).isPresent();
    }

    /**
     * Starts a session, or ends it if nobody is authenticated.
     *
     * @throws AuthenticationServiceException if the keys of the installation cannot be read
     */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication signedIn = context.getAuthentication();
        Optional<Operator> operator = signedIn == null ? Optional.empty() : operator(signedIn);
        if (operator.isPresent()) {
            cookies.write(
                    request,
                    response,
                    COOKIE,
                    token(operator.get(), claims(operator.get(), signedIn)),
                    tokens.lifetime());
        } else {
            cookies.delete(request, response, COOKIE);
        }
    }

    private String token(Operator operator, Map<String, Object> claims) {
        try {
            return tokens.issue(operator.name(), claims);
        } catch (RuntimeException unreadable) {
            log.warn("Nobody can sign in to the console: {}", unreadable.getMessage());
            throw new AuthenticationServiceException("The keys of the installation cannot be read", unreadable);
        }
    }

    /** Reads sessions, and starts none: a script sends its password with each request. */
    SecurityContextRepository readOnly() {
        return new SecurityContextRepository() {

            @Override
            @Deprecated
            public SecurityContext loadContext(HttpRequestResponseHolder holder) {
                return context(holder.getRequest());
            }

            @Override
            public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
                // The next request has its own password or cookie.
            }

            // So that nothing is saved for requests with a password.
            @Override
            public boolean containsContext(HttpServletRequest request) {
                return true;
            }
        };
    }

    private Map<String, Object> claims(Operator operator, @Nullable Authentication signedIn) {
        Optional<String> password = signedIn instanceof OperatorAuthentication own && own.isByPassword()
                ? users.fingerprint(operator.name())
                : Optional.empty();
        return password.<Map<String, Object>>map(fingerprint -> Map.of(PASSWORD, fingerprint))
                .orElseGet(() -> Map.of(MAY_ACT, operator.mayAct()));
    }

    /** Who was authenticated, in any of the ways that the console has. */
    static Optional<Operator> operator(Authentication authentication) {
        return switch (authentication.getPrincipal()) {
            case Operator operator -> Optional.of(operator);
            case OidcOperator provided -> Optional.of(provided.operator());
            case null, default -> Optional.empty();
        };
    }

    private SecurityContext context(HttpServletRequest request) {
        return operator(request)
                .<SecurityContext>map(signedIn -> new SecurityContextImpl(signedIn))
                .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private Optional<OperatorAuthentication> operator(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            // Such a request needs no CSRF token, so its cookie must not count.
            return Optional.empty();
        }
        try {
            return cookies.find(request, COOKIE).flatMap(tokens::read).flatMap(this::operator);
        } catch (RuntimeException unreadable) {
            log.warn("Sessions of the console cannot be checked: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<OperatorAuthentication> operator(Jwt session) {
        String name = session.getSubject();
        if (name == null) {
            return Optional.empty();
        }
        String password = session.getClaimAsString(PASSWORD);
        if (password != null) {
            return users.current(name, password).map(OperatorAuthentication::byPassword);
        }
        return Optional.of(OperatorAuthentication.byProvider(
                new Operator(name, Boolean.TRUE.equals(session.getClaimAsBoolean(MAY_ACT)))));
    }
}
