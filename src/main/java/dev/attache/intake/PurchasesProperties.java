package dev.attache.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an upgrade has to know of purchases.
 *
 * @param formerIdsUntil mails of purchases that were made before this moment ({@code purchasedAt}) have the ids that
 *     they had before purchases and requests got different ones, so that none is mailed again when its event comes
 *     again after the upgrade; none by default
 */
@ConfigurationProperties("attache.purchases")
record PurchasesProperties(@Nullable Instant formerIdsUntil) {

    Instant formerIdsUntilOrNever() {
        return formerIdsUntil == null ? Instant.MIN : formerIdsUntil;
    }
}
