package dev.attache.console.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What was asked of an OpenID provider, in a signed cookie of the browser that asked, so that a person may return to
 * another instance. One sign-in at a time: the last one counts.
 */
final class AuthorizationCookies implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /** How long a person may take at the provider. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** The request attribute with the page to continue with. */
    static final String TARGET = AuthorizationCookies.class.getName() + ".target";

    private static final String COOKIE = "attache-sign-in";

    private static final String CONTINUE = "continue";

    private final SignedTokens tokens;

    private final ConsoleCookies cookies;

    AuthorizationCookies(SignedTokens tokens, ConsoleCookies cookies) {
        this.tokens = tokens;
        this.cookies = cookies;
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            cookies.delete(request, response, COOKIE);
            return;
        }
        Map<String, Object> claims = Map.of(
                "uri",
                asked.getAuthorizationUri(),
                "client",
                asked.getClientId(),
                "redirect",
                Objects.requireNonNull(asked.getRedirectUri()),
                "scopes",
                String.join(" ", asked.getScopes()),
                "attributes",
                asked.getAttributes(),
                "parameters",
                asked.getAdditionalParameters(),
                CONTINUE,
                SignInTarget.of(request.getParameter(CONTINUE)));
        cookies.write(
                request,
                response,
                COOKIE,
                tokens.issue(Objects.requireNonNull(asked.getState()), claims),
                tokens.lifetime());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return find(request).map(AuthorizationCookies::asked).orElse(null);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        Optional<Jwt> found = find(request);
        found.ifPresent(token -> {
            request.setAttribute(TARGET, SignInTarget.of(token.getClaimAsString(CONTINUE)));
            cookies.delete(request, response, COOKIE);
        });
        return found.map(AuthorizationCookies::asked).orElse(null);
    }

    /** The request whose state the provider has returned. */
    private Optional<Jwt> find(HttpServletRequest request) {
        String state = request.getParameter(OAuth2ParameterNames.STATE);
        return cookies.find(request, COOKIE)
                .flatMap(tokens::read)
                .filter(token -> state != null && state.equals(token.getSubject()));
    }

    private static OAuth2AuthorizationRequest asked(Jwt token) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(text(token, "uri"))
                .clientId(text(token, "client"))
                .redirectUri(text(token, "redirect"))
                .scopes(Set.of(text(token, "scopes").split(" ")))
                .state(Objects.requireNonNull(token.getSubject()))
                .attributes(Objects.requireNonNull(token.getClaimAsMap("attributes")))
                .additionalParameters(Objects.requireNonNull(token.getClaimAsMap("parameters")))
                .build();
    }

    private static String text(Jwt token, String claim) {
        return Objects.requireNonNull(token.getClaimAsString(claim), claim);
    }
}
