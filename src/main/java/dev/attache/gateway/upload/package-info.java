/** The upload page, and the endpoint that signs the upload of the chosen file. */
@NullMarked
package dev.attache.gateway.upload;

import org.jspecify.annotations.NullMarked;
