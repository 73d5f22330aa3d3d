/**
 * Compares the AWS calls of the application with the policies in {@code infra/policies}: the operations that its byte
 * code calls, and the calls that integration tests make.
 */
@NullMarked
package dev.attache.permissions;

import org.jspecify.annotations.NullMarked;
