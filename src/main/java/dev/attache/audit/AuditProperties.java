package dev.attache.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit.
 *
 * @param prefix the folder of its entries in the ledger's bucket, ending with a slash. It is outside of the ledger's
 *     folder: of overlapping lifecycle rules, S3 applies the one that deletes first
 */
@ConfigurationProperties("attache.audit")
public record AuditProperties(
        @DefaultValue("attache-audit/") String prefix) {

    public AuditProperties {
        if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//")) {
            throw new IllegalArgumentException(
                    "attache.audit.prefix is '" + prefix + "', but must be a folder of its own, like attache-audit/");
        }
        if (prefix.startsWith("uploads/")) {
            throw new IllegalArgumentException("attache.audit.prefix is '" + prefix
                    + "', but files are uploaded under uploads/; set it to another folder, like attache-audit/");
        }
    }

    /** @throws IllegalArgumentException if the folder is in the ledger's folder, whose objects expire earlier */
    void requireOutside(String ledgerPrefix) {
        if (prefix.startsWith(ledgerPrefix)) {
            throw new IllegalArgumentException(
                    ("attache.audit.prefix is '%s', but objects in the ledger's folder %s expire earlier than audit"
                                    + " entries; set it to another folder, like attache-audit/")
                            .formatted(prefix, ledgerPrefix));
        }
    }
}
