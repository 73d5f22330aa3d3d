package dev.attache.deadletters.dryrun;

import org.jspecify.annotations.Nullable;

/**
 * A letter as an operator has edited it, ready to be sent.
 *
 * @param body the edited body, with the new id
 * @param id the new id of the event; null if the body is a notification of S3, which has none
 * @param formerId the id in the text that was edited; null as above
 * @param note what the operator should know; empty for nothing
 */
public record EditedEvent(
        String body, @Nullable String id, @Nullable String formerId, String note) {}
