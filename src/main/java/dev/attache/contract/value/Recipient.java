package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The recipient of a mail.
 *
 * @param address an e-mail address
 * @param name the name in the greeting
 * @param locale a BCP 47 language tag
 * @param timeZone an IANA time zone id, for the dates in the mail
 */
public record Recipient(
        String address,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String timeZone) {

    public Recipient(String address) {
        this(address, null, null, null);
    }

    /** A JSON string is a recipient with only an address. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Recipient ofAddress(String address) {
        return new Recipient(address);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Recipient of(
            @JsonProperty("address") String address,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("locale") @Nullable String locale,
            @JsonProperty("timeZone") @Nullable String timeZone) {
        return new Recipient(address, name, locale, timeZone);
    }
}
