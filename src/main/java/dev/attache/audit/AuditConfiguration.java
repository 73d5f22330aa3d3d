package dev.attache.audit;

import dev.attache.ledger.LedgerProperties;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/** Keeps the audit in the ledger's bucket. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
@ConditionalOnRole(Role.CONSOLE)
class AuditConfiguration {

    /** Uses the pages' S3 client: an operator's calls must not open a circuit breaker of the worker. */
    @Lazy
    @Bean
    AuditLog auditLog(@Qualifier("pagesS3") S3Client s3, LedgerProperties ledger, AuditProperties properties) {
        properties.requireOutside(ledger.prefix());
        return new S3AuditLog(s3, ledger.bucket(), properties.prefix());
    }
}
