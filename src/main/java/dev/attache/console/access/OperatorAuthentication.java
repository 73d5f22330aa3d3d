package dev.attache.console.access;

import dev.attache.console.Operator;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A signed-in {@link Operator}, with the roles {@code VIEWER} and perhaps {@code OPERATOR}. */
public final class OperatorAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Operator operator;

    private final boolean byPassword;

    private OperatorAuthentication(Operator operator, boolean byPassword) {
        super(
                operator.mayAct()
                        ? AuthorityUtils.createAuthorityList("ROLE_VIEWER", "ROLE_OPERATOR")
                        : AuthorityUtils.createAuthorityList("ROLE_VIEWER"));
        this.operator = operator;
        this.byPassword = byPassword;
        setAuthenticated(true);
    }

    static OperatorAuthentication byPassword(Operator operator) {
        return new OperatorAuthentication(operator, true);
    }

    /** Signed in at an OpenID provider. */
    static OperatorAuthentication byProvider(Operator operator) {
        return new OperatorAuthentication(operator, false);
    }

    boolean isByPassword() {
        return byPassword;
    }

    @Override
    public Operator getPrincipal() {
        return operator;
    }

    @Override
    public String getName() {
        return operator.name();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperatorAuthentication that && operator.equals(that.operator);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(operator);
    }
}
