package dev.attache.ledger;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the ledger.
 *
 * @param bucket the bucket of the ledger, which may be the bucket of the attachments
 * @param prefix the ledger's folder in the bucket, ending with a slash; the bucket's notifications must not include it
 * @param claimLease how long other workers wait before they take over the claim on a mail whose worker has crashed;
 *     must be longer than sending one mail can take
 * @param indexObjects whether operators can find mails by the object that they lead to: one more write for each mail
 *     and object
 */
@Validated
@ConfigurationProperties("attache.ledger")
public record LedgerProperties(
        @NotBlank String bucket,
        @DefaultValue("ledger/") String prefix,
        @DefaultValue("15m") Duration claimLease,
        @DefaultValue("false") boolean indexObjects) {

    public LedgerProperties {
        if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//")) {
            throw new IllegalArgumentException(
                    "attache.ledger.prefix is '" + prefix + "', but must be a folder of its own, like ledger/");
        }
        if (prefix.startsWith("uploads/")) {
            throw new IllegalArgumentException("attache.ledger.prefix is '" + prefix
                    + "', but S3 sends notifications for objects under uploads/; set it to another folder");
        }
    }
}
