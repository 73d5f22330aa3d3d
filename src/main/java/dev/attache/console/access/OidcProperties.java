package dev.attache.console.access;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the claims of an OpenID provider mean. The provider is configured with
 * {@code spring.security.oauth2.client.registration}.
 *
 * @param rolesClaim the claim with a person's roles or groups, in the ID token or the user info; a path such as
 *     {@code realm_access.roles} if it is nested
 * @param operators the values of that claim for operators
 * @param viewers the values of that claim for viewers
 * @param nameClaim the claim with the name that the console shows and the audit records; if it is missing, {@code sub}.
 *     People must not be able to choose it themselves
 */
@ConfigurationProperties("attache.console.oidc")
record OidcProperties(
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("operator") Set<String> operators,
        @DefaultValue("viewer") Set<String> viewers,
        @DefaultValue("preferred_username") String nameClaim) {

    OidcProperties {
        operators = Set.copyOf(operators);
        viewers = Set.copyOf(viewers);
    }
}
