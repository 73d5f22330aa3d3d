/** The evaluation of IAM policies, as far as those in {@code infra/policies} go. */
@NullMarked
package dev.attache.permissions.iam;

import org.jspecify.annotations.NullMarked;
