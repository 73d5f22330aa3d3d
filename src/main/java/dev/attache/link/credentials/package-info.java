/** The credentials that sign links, and when they end. */
@NullMarked
package dev.attache.link.credentials;

import org.jspecify.annotations.NullMarked;
