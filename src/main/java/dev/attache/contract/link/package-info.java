/** Data of the events about download pages, and about links that are revoked or extended. */
@NullMarked
package dev.attache.contract.link;

import org.jspecify.annotations.NullMarked;
