/** What the mail about a download links to: a download page, signed links, or both. */
@NullMarked
package dev.attache.issuing;

import org.jspecify.annotations.NullMarked;
