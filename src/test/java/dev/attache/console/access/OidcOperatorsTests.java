package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.console.Operator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class OidcOperatorsTests {

    private static OidcOperators operators(String rolesClaim) {
        return new OidcOperators(
                new OidcProperties(rolesClaim, Set.of("ops", "admins"), Set.of("staff"), "preferred_username"));
    }

    @Test
    void aValueOfTheClaimGivesTheRole() {
        assertThat(operators("groups")
                        .operator(Map.of("sub", "1", "preferred_username", "ana", "groups", List.of("staff", "ops"))))
                .isEqualTo(new Operator("ana", true));
        assertThat(operators("groups")
                        .operator(Map.of("sub", "1", "preferred_username", "ana", "groups", List.of("staff"))))
                .isEqualTo(new Operator("ana", false));
    }

    @Test
    void theClaimMayBeNestedOrAText() {
        assertThat(operators("realm_access.roles")
                        .operator(Map.of("sub", "1", "realm_access", Map.of("roles", List.of("ops")))))
                .isEqualTo(new Operator("1", true));
        assertThat(operators("https://acme.example/roles")
                        .operator(Map.of("sub", "1", "https://acme.example/roles", "staff other")))
                .isEqualTo(new Operator("1", false));
    }

    @Test
    void whoHasNoRoleIsRefused() {
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> operators("groups").operator(Map.of("sub", "1", "groups", List.of("opsx"))))
                .satisfies(
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo(OidcOperators.NO_ROLE));
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> operators("groups").operator(Map.of("sub", "1", "groups", 7)));
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> operators("a.b").operator(Map.of("sub", "1")));
    }
}
