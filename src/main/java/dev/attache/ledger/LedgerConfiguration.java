package dev.attache.ledger;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** The ledger room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerProperties.class)
class LedgerConfiguration {

    @Bean
    Pause ledgerPause() {
        return attempt -> Pause.jittered(Duration.ofMillis(20), ThreadLocalRandom.current()).beforeTry(attempt);
    }

    @Bean
    ConditionalObjects ledgerObjects(S3Client s3, LedgerProperties properties, Pause ledgerPause) {
        return new ConditionalObjects(s3, properties.bucket(), ledgerPause);
    }

    @Bean
    OpenUploads openUploads(ConditionalObjects ledgerObjects, LedgerProperties properties, Pause ledgerPause) {
        return new S3OpenUploads(ledgerObjects, properties.prefix(), ledgerPause);
    }

    @Bean
    Claims claims(ConditionalObjects ledgerObjects, LedgerProperties properties, Pause ledgerPause) {
        return new S3Claims(ledgerObjects, properties.prefix(), properties.claimLease(), new SecureRandom(), ledgerPause);
    }
}
