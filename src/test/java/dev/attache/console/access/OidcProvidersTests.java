package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties.Provider;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties.Registration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

class OidcProvidersTests {

    private static OAuth2ClientProperties properties(Consumer<Registration> change) {
        OAuth2ClientProperties properties = new OAuth2ClientProperties();
        Registration registration = new Registration();
        registration.setClientId("attache");
        registration.setClientSecret("secret");
        registration.setAuthorizationGrantType("authorization_code");
        change.accept(registration);
        properties.getRegistration().put("acme", registration);
        Provider provider = new Provider();
        provider.setAuthorizationUri("https://id.acme.example/authorize");
        provider.setTokenUri("https://id.acme.example/token");
        provider.setJwkSetUri("https://id.acme.example/keys");
        properties.getProvider().put("acme", provider);
        return properties;
    }

    @Test
    void peopleReturnToThePublicAddress() {
        ClientRegistration acme =
                Objects.requireNonNull(new OidcProviders(properties(it -> {}), URI.create("https://ops.acme.example/"))
                        .findByRegistrationId("acme"));

        assertThat(acme.getRedirectUri()).isEqualTo("https://ops.acme.example/ops/sign-in/oidc/{registrationId}");
        assertThat(acme.getScopes()).containsExactlyInAnyOrder("openid", "profile");
    }

    @Test
    void withoutAPublicAddressItIsThatOfTheRequest() {
        ClientRegistration acme =
                Objects.requireNonNull(new OidcProviders(properties(it -> {}), null).findByRegistrationId("acme"));

        assertThat(acme.getRedirectUri()).isEqualTo("{baseUrl}/ops/sign-in/oidc/{registrationId}");
    }

    @Test
    void aProviderIsNotReadBeforeItIsNeeded() {
        OAuth2ClientProperties properties = properties(it -> it.setClientName("Acme"));
        Objects.requireNonNull(properties.getProvider().get("acme")).setIssuerUri("http://localhost:1/");

        assertThat(new OidcProviders(properties, null).choices())
                .containsExactly(new OidcProviders.Choice("acme", "Acme"));
    }

    @Test
    void clientsForOtherGrantsAreNoProviders() {
        assertThat(new OidcProviders(properties(it -> it.setAuthorizationGrantType("client_credentials")), null)
                        .choices())
                .isEmpty();
    }

    @Test
    void settingsWithoutEffectAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OidcProviders(properties(it -> it.setRedirectUri("https://a.example")), null))
                .withMessageStartingWith("spring.security.oauth2.client.registration.acme.redirect-uri is set, but");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OidcProviders(properties(it -> it.setScope(Set.of("email"))), null))
                .withMessageStartingWith("spring.security.oauth2.client.registration.acme.scope has no openid");
    }
}
