/**
 * Who may link to what and for how long, how an uploaded object is named, and the signing itself, with an honest
 * expiry.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract"})
package dev.attache.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
