/** What all pages of recipients share: limits, headers, layout, and what is shown when something cannot be done. */
@NullMarked
package dev.attache.gateway;

import org.jspecify.annotations.NullMarked;
