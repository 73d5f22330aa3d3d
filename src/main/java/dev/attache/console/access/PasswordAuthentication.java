package dev.attache.console.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Signs a user in by name and password, from the form or by HTTP Basic. */
final class PasswordAuthentication implements AuthenticationProvider {

    /** In characters. No user has a longer one, and hashing it would take time. */
    private static final int LONGEST = 500;

    private final PasswordUsers users;

    PasswordAuthentication(PasswordUsers users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String password = given.getCredentials() instanceof String text ? text : "";
        if (name.length() > LONGEST || password.length() > LONGEST) {
            throw new BadCredentialsException("Too long");
        }
        return users.check(name, password)
                .map(OperatorAuthentication::byPassword)
                .orElseThrow(() -> new BadCredentialsException("Wrong name or password"));
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.equals(authentication);
    }
}
