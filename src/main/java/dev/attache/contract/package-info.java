/** The inbound and outbound events as records, with their envelope and ids. */
@NullMarked
package dev.attache.contract;

import org.jspecify.annotations.NullMarked;
