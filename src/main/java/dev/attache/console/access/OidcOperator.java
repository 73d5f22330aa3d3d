package dev.attache.console.access;

import dev.attache.console.Operator;
import java.io.Serial;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Who an OpenID provider has signed in, and what they may do here. */
final class OidcOperator extends DefaultOidcUser {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Operator operator;

    OidcOperator(Operator operator, OidcIdToken token, @Nullable OidcUserInfo info) {
        super(Set.of(), token, info);
        this.operator = operator;
    }

    Operator operator() {
        return operator;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof OidcOperator that && operator.equals(that.operator);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
