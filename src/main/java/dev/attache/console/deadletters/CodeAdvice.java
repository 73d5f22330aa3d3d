package dev.attache.console.deadletters;

import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.Group;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a code means, and what an operator can do about it.
 *
 * @param meaning one sentence
 * @param advice what to do before a replay, or instead of one
 */
public record CodeAdvice(String meaning, String advice) {

    /** @param code the code of a letter; null for a letter that the worker did not write */
    static CodeAdvice of(@Nullable String code) {
        if (code == null || code.equals(Group.NO_CODE)) {
            return new CodeAdvice(
                    "SQS moved the message after its last permitted receive, so no code was written.",
                    "The worker's log of that time may say why. A dry run says what would happen today.");
        }
        return Arrays.stream(RejectionCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(CodeAdvice::of)
                .orElseGet(() -> new CodeAdvice(
                        "This version of the worker does not use this code.",
                        "Read the reason; a dry run says what would happen today."));
    }

    private static CodeAdvice of(RejectionCode code) {
        return switch (code) {
            case MALFORMED ->
                new CodeAdvice(
                        "The body is not valid JSON, or its envelope is not supported.",
                        "A replay fails again. Correct the body here, or let the sender send it again.");
            case CONTRACT_VIOLATION ->
                new CodeAdvice(
                        "The event does not conform to its JSON Schema.",
                        "A replay fails again. Correct the field that the reason names here, or let the sender do so.");
            case UNKNOWN_TYPE ->
                new CodeAdvice(
                        "The queue does not accept events of this type.",
                        "Let the sender use the right queue. After an update that adds the type, replay.");
            case SOURCE_NOT_ALLOWED ->
                new CodeAdvice(
                        "The source is not configured, or the sender of the message may not use it.",
                        "If it should be allowed, add it to attache.sources or to its senders, and then replay.");
            case KEY_NOT_ALLOWED ->
                new CodeAdvice(
                        "The source may not link to this bucket or key.",
                        "If it should be allowed, add the prefix to the source's settings, and then replay."
                                + " Otherwise correct the key.");
            case OBJECT_NOT_FOUND ->
                new CodeAdvice(
                        "The object to link to did not exist at any attempt.",
                        "Write the object, and then replay. If the key is wrong, correct it.");
            case OBJECT_ACCESS_DENIED ->
                new CodeAdvice(
                        "S3 denies the worker access to this object, but not to others in the bucket.",
                        "Correct the object's owner, its key in KMS or the bucket's policy, and then replay.");
            case OBJECT_CUSTOMER_ENCRYPTED ->
                new CodeAdvice(
                        "The object is encrypted with its owner's key (SSE-C), so links cannot read it.",
                        "Store the object without SSE-C, and then replay.");
            case OBJECT_ARCHIVED ->
                new CodeAdvice(
                        "The object is archived, and cannot be read until it is restored.",
                        "Restore the object, and replay after that.");
            case OBJECT_EXPIRES_TOO_SOON ->
                new CodeAdvice(
                        "S3 will delete the object, or its restored copy, before a link would expire.",
                        "Extend the lifecycle rule or the restoration, and then replay.");
            case EXPIRY_OUT_OF_RANGE ->
                new CodeAdvice(
                        "The source may not request this lifetime.",
                        "Correct the lifetime, or change the limits of the source and then replay.");
            case CONTENT_TYPE_NOT_ALLOWED ->
                new CodeAdvice(
                        "The source or the request does not allow uploads of this type.",
                        "Add the type to the source's settings and then replay, or ask for another file.");
            case TOO_LARGE ->
                new CodeAdvice(
                        "An upload, a list of recipients or the message is larger than its limit.",
                        "Raise the limit that the reason names and then replay, or let the sender split what it"
                                + " sends.");
            case TOO_MANY_RECIPIENTS ->
                new CodeAdvice(
                        "The event has more recipients than are allowed.",
                        "Let the sender split the event. A replay fails again.");
            case ADDRESS_INVALID ->
                new CodeAdvice(
                        "An address is not valid, or does not exist according to the relay.",
                        "Correct the address. A replay fails again.");
            case ID_REUSED ->
                new CodeAdvice(
                        "An earlier event had the same source and id, but other content.",
                        "Edit and replay gives it a new id. Without that, let the sender send it with a new id.");
            case LINK_EXPIRED ->
                new CodeAdvice(
                        "The link expired before it could be delivered, or the upload without a file.",
                        "A replay fails again. Let the sender send a new request.");
            case MAIL_REFUSED ->
                new CodeAdvice(
                        "The mail relay refused the mail permanently.",
                        "Read the relay's answer in the reason. If it was about your account or domain, mend that and"
                                + " then replay.");
            case DELIVERY_UNCERTAIN ->
                new CodeAdvice(
                        "After two attempts it is unknown whether the relay has accepted the mail.",
                        "Look for the mail in the relay's log. A replay may send it a second time.");
            case RETRIES_EXHAUSTED ->
                new CodeAdvice(
                        "All permitted attempts failed, but the message itself is valid.",
                        "If what the reason names works again, replay.");
        };
    }
}
