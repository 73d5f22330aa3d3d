/** How a source presents itself on pages: name, logo, colour, contact, imprint and privacy policy. */
@NullMarked
package dev.attache.gateway.identity;

import org.jspecify.annotations.NullMarked;
