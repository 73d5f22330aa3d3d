/**
 * What happens to download pages after their mail: downloads, reminders, renewals, reports of their expiry, and changes
 * that the sender asks for.
 */
@NullMarked
package dev.attache.download;

import org.jspecify.annotations.NullMarked;
