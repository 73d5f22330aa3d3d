/**
 * What all JSON controllers below {@code /ops/api} share: problem documents, strict bodies and parameters, and paging.
 */
@NullMarked
package dev.attache.console.api;

import org.jspecify.annotations.NullMarked;
