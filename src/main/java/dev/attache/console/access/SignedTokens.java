package dev.attache.console.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.attache.ledger.keys.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Tokens that only this installation can make: JWTs (RFC 7519) with HS256, whose keys are derived from the keys of the
 * installation. A token is made with the newest key, and valid with all. Each purpose has keys of its own.
 */
final class SignedTokens {

    private final Keys keys;

    private final String purpose;

    private final Duration lifetime;

    private final Clock clock;

    private final NimbusJwtEncoder encoder;

    private final NimbusJwtDecoder decoder;

    /** @param purpose a token for one purpose is not valid for another */
    SignedTokens(Keys keys, String purpose, Duration lifetime, Clock clock) {
        this.keys = keys;
        this.purpose = purpose;
        this.lifetime = lifetime;
        this.clock = clock;
        JWKSource<SecurityContext> source = (selector, context) -> selector.select(
                new JWKSet(keys.all().stream().map(this::derived).toList()));
        this.encoder = new NimbusJwtEncoder(source);
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, source));
        // The decoder's own validator checks the times.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(unexpired());
    }

    private JWK derived(Keys.Key key) {
        return new OctetSequenceKey.Builder(key.hmac("attache-console-" + purpose, new byte[0]))
                .keyID(key.id())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.HS256)
                .build();
    }

    private OAuth2TokenValidator<Jwt> unexpired() {
        return token -> {
            Instant end = token.getExpiresAt();
            return end != null && clock.instant().isBefore(end)
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error("expired"));
        };
    }

    /**
     * Makes a token.
     *
     * @throws RuntimeException if the keys of the installation cannot be read
     */
    String issue(String subject, Map<String, Object> claims) {
        Instant now = clock.instant();
        JwtClaimsSet set = JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .subject(subject)
                .issuedAt(now)
                .expiresAt(now.plus(lifetime))
                .claims(all -> all.putAll(claims))
                .build();
        JwsHeader header =
                JwsHeader.with(MacAlgorithm.HS256).keyId(keys.newest().id()).build();
        return encoder.encode(JwtEncoderParameters.from(header, set)).getTokenValue();
    }

    /** The content of a token; empty if it is expired, forged or of another installation. */
    Optional<Jwt> read(String token) {
        try {
            return Optional.of(decoder.decode(token));
        } catch (JwtException invalid) {
            return Optional.empty();
        }
    }

    Duration lifetime() {
        return lifetime;
    }
}
