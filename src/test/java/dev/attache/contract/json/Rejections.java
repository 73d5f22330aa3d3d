package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;

/** Reads events that must be rejected, and checks that the rejection does not quote them. */
public final class Rejections {

    public static final EventCodec CODEC = new ValidatingEventCodec();

    /** Part of invalid values; must not be in a detail. */
    public static final String SECRET = "s3cr3t";

    private Rejections() {}

    public static RejectedException rejection(byte[] body, EventType<?> type) {
        RejectedException rejected = catchThrowableOfType(RejectedException.class, () -> CODEC.read(body, type));
        assertThat(rejected).as("rejected").isNotNull();
        assertThat(rejected.detail()).doesNotContain(SECRET);
        assertThat(rejected).hasNoCause();
        return rejected;
    }
}
