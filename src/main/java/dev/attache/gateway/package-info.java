/**
 * The pages that a recipient opens from a mail.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract", "ledger", "link", "wording"})
package dev.attache.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
