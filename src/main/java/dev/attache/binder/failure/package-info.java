/**
 * What is done with a message that could not be handled: its failure is classified, a decision is made, and rejected
 * messages become dead letters.
 */
@NullMarked
package dev.attache.binder.failure;

import org.jspecify.annotations.NullMarked;
