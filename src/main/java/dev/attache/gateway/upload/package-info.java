/** The upload page, and the endpoint that signs a PUT link for the chosen file. */
@NullMarked
package dev.attache.gateway.upload;

import org.jspecify.annotations.NullMarked;
