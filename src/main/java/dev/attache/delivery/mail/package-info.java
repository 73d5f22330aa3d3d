/** Composes mails. */
@NullMarked
package dev.attache.delivery.mail;

import org.jspecify.annotations.NullMarked;
