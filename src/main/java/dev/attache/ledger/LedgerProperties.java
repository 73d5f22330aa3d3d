package dev.attache.ledger;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the ledger is kept.
 *
 * @param bucket its bucket, which may be the attachments'
 * @param prefix the folder in it, ending with a slash; S3's notifications must not reach it
 * @param claimLease how long a claim on a mail keeps other workers from it when the one that holds it is not heard of
 *     again: longer than any mail takes to send
 */
@Validated
@ConfigurationProperties("attache.ledger")
public record LedgerProperties(
        @NotBlank String bucket,
        @DefaultValue("ledger/") String prefix,
        @DefaultValue("15m") Duration claimLease) {

    public LedgerProperties {
        if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//")) {
            throw new IllegalArgumentException(
                    "attache.ledger.prefix is '" + prefix + "', but it must be a folder of its own, like ledger/");
        }
        if (prefix.startsWith("uploads/")) {
            throw new IllegalArgumentException("attache.ledger.prefix is '" + prefix
                    + "', but what is written under uploads/ raises events; give the ledger another folder");
        }
    }
}
