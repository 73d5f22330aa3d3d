package dev.attache.console.access;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties.Registration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * The OpenID providers at which operators may sign in. A provider's metadata are read at the first sign-in: a worker
 * starts without its provider, and one provider without the others.
 */
final class OidcProviders implements ClientRegistrationRepository {

    /** Where providers send people back to, followed by the registration. */
    static final String RETURN = "/ops/sign-in/oidc/";

    private static final String SETTING = "spring.security.oauth2.client.registration.";

    private static final String OPEN_ID = "openid";

    private final Map<String, Registration> registrations = new TreeMap<>();

    private final Map<String, ClientRegistration> read = new ConcurrentHashMap<>();

    private final OAuth2ClientProperties properties;

    private final String base;

    /**
     * @param publicUrl the address at which browsers reach the console; null if it is that of their requests
     * @throws IllegalArgumentException if a registration cannot work
     */
    OidcProviders(OAuth2ClientProperties properties, @Nullable URI publicUrl) {
        this.properties = properties;
        String address = publicUrl == null ? "{baseUrl}" : publicUrl.toString();
        this.base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        properties.getRegistration().forEach((id, registration) -> {
            String grant = registration.getAuthorizationGrantType();
            if (grant == null || grant.equals("authorization_code")) {
                check(id, registration);
                registrations.put(id, registration);
            }
        });
    }

    /**
     * A provider on the sign-in page.
     *
     * @param id of its registration
     */
    record Choice(String id, String name) {}

    List<Choice> choices() {
        return registrations.entrySet().stream()
                .map(entry -> new Choice(
                        entry.getKey(),
                        entry.getValue().getClientName() == null
                                ? entry.getKey()
                                : entry.getValue().getClientName()))
                .toList();
    }

    /** @throws RuntimeException if the provider's metadata cannot be read */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        Registration registration = registrations.get(id);
        ClientRegistration known = read.get(id);
        if (registration == null || known != null) {
            return known;
        }
        OAuth2ClientProperties one = new OAuth2ClientProperties();
        one.getRegistration().put(id, completed(registration));
        one.getProvider().putAll(properties.getProvider());
        ClientRegistration complete =
                new OAuth2ClientPropertiesMapper(one).asClientRegistrations().get(id);
        if (complete != null) {
            read.put(id, complete);
        }
        return complete;
    }

    private Registration completed(Registration configured) {
        Registration registration = new Registration();
        registration.setProvider(configured.getProvider());
        registration.setClientId(configured.getClientId());
        registration.setClientSecret(configured.getClientSecret());
        registration.setClientAuthenticationMethod(configured.getClientAuthenticationMethod());
        registration.setAuthorizationGrantType("authorization_code");
        registration.setClientName(configured.getClientName());
        registration.setRedirectUri(base + RETURN + "{registrationId}");
        registration.setScope(configured.getScope() == null ? Set.of(OPEN_ID, "profile") : configured.getScope());
        return registration;
    }

    private static void check(String id, Registration registration) {
        if (registration.getRedirectUri() != null) {
            throw new IllegalArgumentException(
                    ("%s%s.redirect-uri is set, but it is always <attache.console.public-url>%s%s: remove it, and"
                                    + " register that address at the provider")
                            .formatted(SETTING, id, RETURN, id));
        }
        if (registration.getScope() != null && !registration.getScope().contains(OPEN_ID)) {
            throw new IllegalArgumentException(
                    "%s%s.scope has no openid, without which a provider does not say who signed in: add it, or remove the setting"
                            .formatted(SETTING, id));
        }
    }
}
