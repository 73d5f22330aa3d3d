package dev.attache.console.access;

import dev.attache.console.Operator;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Reads from the claims of an OpenID provider who a person is, and refuses people without a role. */
final class OidcOperators implements OAuth2UserService<OidcUserRequest, OidcUser> {

    /** The error of people who are signed in at the provider, but have no role. */
    static final String NO_ROLE = "no_role";

    private static final int LONGEST_NAME = 100;

    private final OidcProperties properties;

    private final OAuth2UserService<OidcUserRequest, OidcUser> provider;

    OidcOperators(OidcProperties properties) {
        this(properties, new OidcUserService());
    }

    OidcOperators(OidcProperties properties, OAuth2UserService<OidcUserRequest, OidcUser> provider) {
        this.properties = properties;
        this.provider = provider;
    }

    @Override
    public OidcOperator loadUser(OidcUserRequest request) {
        OidcUser user = provider.loadUser(request);
        if (user == null) {
            throw new OAuth2AuthenticationException(new OAuth2Error("no_user"));
        }
        return new OidcOperator(operator(user.getClaims()), user.getIdToken(), user.getUserInfo());
    }

    /** @throws OAuth2AuthenticationException if the person has no role */
    Operator operator(Map<String, Object> claims) {
        Set<String> roles = texts(value(claims, properties.rolesClaim()));
        boolean mayAct = roles.stream().anyMatch(properties.operators()::contains);
        if (!mayAct && roles.stream().noneMatch(properties.viewers()::contains)) {
            throw new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE));
        }
        return new Operator(name(claims), mayAct);
    }

    private String name(Map<String, Object> claims) {
        Object name = claims.get(properties.nameClaim());
        String text = String.valueOf(name == null || String.valueOf(name).isBlank() ? claims.get("sub") : name);
        return text.substring(0, Math.min(LONGEST_NAME, text.length()));
    }

    /** Of a claim that contains a dot, or of one in others. */
    private static @Nullable Object value(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        return whole != null || dot < 0
                ? whole
                : claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                        ? value(inner, path.substring(dot + 1))
                        : null;
    }

    private static Set<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> values -> values.stream().map(String::valueOf).collect(Collectors.toSet());
            // As OAuth 2.0 writes scopes.
            case String text -> Set.of(text.split("[ ,]+"));
            case null, default -> Set.of();
        };
    }
}
