/**
 * Events as JSON: the codec, validation against the JSON Schemas that {@code asyncapi.yaml} refers to, and S3's
 * notifications.
 */
@NullMarked
package dev.attache.contract.json;

import org.jspecify.annotations.NullMarked;
