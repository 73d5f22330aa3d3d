package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;

class ClockHealthTests {

    private final S3Clock clock = new S3Clock(Clock.fixed(Instant.parse("2026-11-21T09:00:00.500Z"), ZoneOffset.UTC));

    private Health afterAnAnswerWithDate(String date) {
        ExecutionInterceptor measuring = clock.interceptor();
        ExecutionAttributes attributes = new ExecutionAttributes();
        InterceptorContext context = InterceptorContext.builder()
                .request(HeadBucketRequest.builder().build())
                .httpResponse(SdkHttpResponse.builder()
                        .statusCode(200)
                        .putHeader("Date", date)
                        .build())
                .build();
        measuring.beforeTransmission(context, attributes);
        measuring.afterTransmission(context, attributes);
        return new ClockHealth(clock).health();
    }

    @Test
    void aWrongClockIsShownAndHealthIsUp() {
        Health health = afterAnAnswerWithDate("Sat, 21 Nov 2026 09:10:00 GMT");

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("offsetSeconds", 600L).containsEntry("corrected", true);
    }

    @Test
    void aClockWithinToleranceIsNotCorrected() {
        assertThat(afterAnAnswerWithDate("Sat, 21 Nov 2026 09:00:30 GMT").getDetails())
                .containsEntry("offsetSeconds", 30L)
                .containsEntry("corrected", false);
        assertThat(afterAnAnswerWithDate("today").getDetails()).containsEntry("offsetSeconds", 30L);
    }
}
