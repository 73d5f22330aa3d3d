/** The credentials that sign links, and the limits that their expiry sets to the lifetime of links. */
@NullMarked
package dev.attache.link.credentials;

import org.jspecify.annotations.NullMarked;
