package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;

/** Reads what must be rejected, and holds every rejection to silence about what stood there. */
public final class Rejections {

    public static final EventCodec CODEC = new ValidatingEventCodec();

    /** Put into bad values; never seen in a detail. */
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
