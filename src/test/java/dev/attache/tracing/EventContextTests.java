package dev.attache.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class EventContextTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @BeforeEach
    void handleMessage() {
        MDC.put("messageId", "m-1");
    }

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void linesNameTheRequestAndItsTrace() {
        EventContext.ofRequest("r-4711", TRACEPARENT);

        assertThat(MDC.get("requestId")).isEqualTo("r-4711");
        assertThat(MDC.get("traceId")).isEqualTo(TRACE);
    }

    @Test
    void theTraceOfTheCurrentSpanStays() {
        MDC.put("traceId", "of the span");

        EventContext.ofRequest("r-4711", TRACEPARENT);

        assertThat(MDC.get("traceId")).isEqualTo("of the span");
    }

    @Test
    void anIdThatMayBeAnAddressOrAUrlIsNotLogged() {
        EventContext.ofRequest("ana@example.com", null);
        EventContext.ofRequest("https://example.com/orders/1", null);
        EventContext.ofRequest("line\nbreak", "nonsense");

        assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("messageId", "m-1"));
    }

    @Test
    void threadsThatHandleNoMessageGetNoContext() {
        MDC.clear();

        EventContext.ofRequest("r-4711", TRACEPARENT);

        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }
}
