/**
 * Composes the mails and hands them to a relay.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract", "ledger", "link", "wording"})
package dev.attache.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
