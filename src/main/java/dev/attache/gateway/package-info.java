/** What all kinds of pages share: limits, security, headers, layout, notices and problems. */
@NullMarked
package dev.attache.gateway;

import org.jspecify.annotations.NullMarked;
