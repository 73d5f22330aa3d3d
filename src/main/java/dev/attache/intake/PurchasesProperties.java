package dev.attache.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of purchases for an upgrade.
 *
 * @param formerIdsUntil the mails of purchases before this time ({@code purchasedAt}) have ids as earlier releases
 *     derived them, so that a purchase is not mailed again if its event is received again after the upgrade; null for
 *     no purchase
 */
@ConfigurationProperties("attache.purchases")
record PurchasesProperties(@Nullable Instant formerIdsUntil) {

    Instant formerIdsUntilOrNever() {
        return formerIdsUntil == null ? Instant.MIN : formerIdsUntil;
    }
}
