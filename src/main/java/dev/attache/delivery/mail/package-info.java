/** Composes mails, and limits the number of mails per source and recipient. */
@NullMarked
package dev.attache.delivery.mail;

import org.jspecify.annotations.NullMarked;
