package dev.attache.console.access;

import dev.attache.console.Operator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Signs a user in by name and password, from the form or by HTTP Basic. The details are the client's address. */
final class PasswordAuthentication implements AuthenticationProvider {

    /** In characters. No user has a longer one, and hashing it would take time. */
    private static final int LONGEST = 500;

    /** Passwords that are hashed at the same time: guesses must not take the processor time of the worker. */
    private static final int CONCURRENT = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore permits = new Semaphore(CONCURRENT, true);

    private final PasswordUsers users;

    private final SignInAttempts attempts;

    private final SignInAudit audit;

    PasswordAuthentication(PasswordUsers users, SignInAttempts attempts, SignInAudit audit) {
        this.users = users;
        this.attempts = attempts;
        this.audit = audit;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String password = given.getCredentials() instanceof String text ? text : "";
        String client = String.valueOf(given.getDetails());
        String known = users.isKnown(name) ? name : "unknown user";
        Duration wait = attempts.begin(name, client);
        if (!wait.isZero()) {
            audit.failed(known, client, "too many wrong passwords before");
            throw new TooManyAttemptsException(wait);
        }
        Optional<Operator> operator =
                name.length() > LONGEST || password.length() > LONGEST ? Optional.empty() : check(name, password);
        if (operator.isEmpty()) {
            audit.failed(known, client, "wrong password");
            throw new BadCredentialsException("Wrong name or password");
        }
        attempts.succeeded(name, client);
        return OperatorAuthentication.byPassword(operator.get());
    }

    private Optional<Operator> check(String name, String password) {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooManyAttemptsException(PATIENCE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TooManyAttemptsException(PATIENCE);
        }
        try {
            return users.check(name, password);
        } finally {
            permits.release();
        }
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.equals(authentication);
    }
}
