package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.console.ConsoleProperties.Role;
import dev.attache.console.ConsoleProperties.User;
import dev.attache.console.Operator;
import dev.attache.ledger.keys.Keys;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

class SessionsTests {

    private static final Duration LIFETIME = Duration.ofHours(8);

    private static final Instant START = Instant.parse("2026-11-27T16:00:00Z");

    private static final Keys.Key OLD = key("old", 1);

    private static final Keys.Key NEW = key("new", 2);

    private static final User ANA = new User("{noop}secret", Set.of(Role.OPERATOR));

    private static Keys.Key key(String id, int content) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) content);
        return new Keys.Key(id, secret);
    }

    private static Sessions sessions(Instant now, Map<String, User> users, Keys.Key... keys) {
        return sessions(now, false, users, keys);
    }

    private static Sessions sessions(Instant now, boolean https, Map<String, User> users, Keys.Key... keys) {
        SignedTokens tokens =
                new SignedTokens(Keys.of(List.of(keys)), "session", LIFETIME, Clock.fixed(now, ZoneOffset.UTC));
        return new Sessions(tokens, new ConsoleCookies(https), new PasswordUsers(users));
    }

    private static Cookie signIn(Sessions sessions, Authentication who) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        sessions.saveContext(new SecurityContextImpl(who), new MockHttpServletRequest(), response);
        return response.getCookies()[0];
    }

    private static Cookie signInAna(Sessions sessions) {
        return signIn(sessions, OperatorAuthentication.byPassword(new Operator("ana", true)));
    }

    private static Optional<Operator> read(Sessions sessions, Cookie cookie) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(cookie);
        return Optional.ofNullable(sessions.loadDeferredContext(request).get().getAuthentication())
                .map(signedIn -> (Operator) Objects.requireNonNull(signedIn.getPrincipal()));
    }

    @Test
    void anInstanceAcceptsTheSessionOfAnother() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));

        assertThat(read(sessions(START, Map.of("ana", ANA), NEW), cookie)).hasValue(new Operator("ana", true));
    }

    @Test
    void theCookieIsOutOfReachForScriptsAndOtherSites() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));

        assertThat(cookie.getName()).isEqualTo("attache-session");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getPath()).isEqualTo("/ops");
        assertThat(cookie.getMaxAge()).isEqualTo(LIFETIME.toSeconds());
        assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
        assertThat(cookie.getSecure()).isFalse();
    }

    @Test
    void whereBrowsersUseHttpsTheCookieIsBoundToTheHost() {
        Cookie cookie = signInAna(sessions(START, true, Map.of("ana", ANA), NEW));

        assertThat(cookie.getName()).isEqualTo("__Host-attache-session");
        assertThat(cookie.getSecure()).isTrue();
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
    }

    @Test
    void aSessionEndsAtItsTime() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));

        assertThat(read(sessions(START.plus(LIFETIME).minusSeconds(1), Map.of("ana", ANA), NEW), cookie))
                .isPresent();
        assertThat(read(sessions(START.plus(LIFETIME), Map.of("ana", ANA), NEW), cookie))
                .isEmpty();
    }

    @Test
    void aSessionOutlivesANewKeyUntilItsOwnIsRemoved() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), OLD));

        assertThat(read(sessions(START, Map.of("ana", ANA), NEW, OLD), cookie)).isPresent();
        assertThat(read(sessions(START, Map.of("ana", ANA), NEW), cookie)).isEmpty();
    }

    @Test
    void anotherInstallationsSessionIsRefusedEvenIfItsKeyHasTheSameName() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), key("new", 3)));

        assertThat(read(sessions(START, Map.of("ana", ANA), NEW), cookie)).isEmpty();
    }

    @Test
    void aChangedSessionIsRefused() {
        Sessions sessions = sessions(START, Map.of("ana", ANA), NEW);
        String value = signInAna(sessions).getValue();
        String[] parts = value.split("\\.");

        assertThat(read(sessions, new Cookie(Sessions.COOKIE, parts[0] + "." + parts[1] + "x." + parts[2])))
                .isEmpty();
        assertThat(read(sessions, new Cookie(Sessions.COOKIE, parts[0] + "." + parts[1] + ".")))
                .isEmpty();
        // The header {"alg":"none"}
        assertThat(read(sessions, new Cookie(Sessions.COOKIE, "eyJhbGciOiJub25lIn0." + parts[1] + ".")))
                .isEmpty();
        assertThat(read(sessions, new Cookie(Sessions.COOKIE, "nonsense"))).isEmpty();
    }

    @Test
    void aTokenForAnotherPurposeIsNoSession() {
        SignedTokens others =
                new SignedTokens(Keys.of(List.of(NEW)), "authorization", LIFETIME, Clock.fixed(START, ZoneOffset.UTC));

        Cookie cookie = new Cookie(Sessions.COOKIE, others.issue("ana", Map.of("act", true)));

        assertThat(read(sessions(START, Map.of("ana", ANA), NEW), cookie)).isEmpty();
    }

    @Test
    void aPasswordUserWhoIsRemovedOrHasANewPasswordIsSignedOut() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));

        assertThat(read(sessions(START, Map.of(), NEW), cookie)).isEmpty();
        assertThat(read(sessions(START, Map.of("ana", new User("{noop}new", ANA.roles())), NEW), cookie))
                .isEmpty();
    }

    @Test
    void aPasswordUserHasTheRolesOfTheConfiguration() {
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));

        User viewer = new User(ANA.password(), Set.of(Role.VIEWER));

        assertThat(read(sessions(START, Map.of("ana", viewer), NEW), cookie)).hasValue(new Operator("ana", false));
    }

    @Test
    void aPersonOfAProviderKeepsTheRoleOfTheSignIn() {
        Sessions sessions = sessions(START, Map.of(), NEW);

        assertThat(read(sessions, signIn(sessions, OperatorAuthentication.byProvider(new Operator("eve", false)))))
                .hasValue(new Operator("eve", false));
        assertThat(read(sessions, signIn(sessions, OperatorAuthentication.byProvider(new Operator("eve", true)))))
                .hasValue(new Operator("eve", true));
    }

    @Test
    void aRequestWithAPasswordDoesNotUseTheCookie() {
        Sessions sessions = sessions(START, Map.of("ana", ANA), NEW);
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(signInAna(sessions));
        request.addHeader("Authorization", "Bearer anything");

        assertThat(sessions.loadDeferredContext(request).get().getAuthentication())
                .isNull();
    }

    /** The filter of the sign-in answers it with a page. */
    @Test
    void withoutKeysASignInFailsAndACookieIsNoSession() {
        Keys unreadable = new Keys() {

            @Override
            public Key newest() {
                throw new IllegalStateException("S3 does not answer");
            }

            @Override
            public List<Key> all() {
                throw new IllegalStateException("S3 does not answer");
            }
        };
        Sessions sessions = new Sessions(
                new SignedTokens(unreadable, "session", LIFETIME, Clock.fixed(START, ZoneOffset.UTC)),
                new ConsoleCookies(false),
                new PasswordUsers(Map.of("ana", ANA)));

        assertThatExceptionOfType(AuthenticationServiceException.class).isThrownBy(() -> signInAna(sessions));
        Cookie cookie = signInAna(sessions(START, Map.of("ana", ANA), NEW));
        assertThat(read(sessions, cookie)).isEmpty();
    }
}
