package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its download page. Each value is null if the request does not name it.
 *
 * @param maxDownloads how often each file may be downloaded, 1 to 1,000; null for no limit
 * @param oneTime whether each file may be downloaded once, and again within a short time after the first download
 * @param remindBefore how long before the page expires a recipient who has downloaded nothing gets a reminder
 * @param confirmAddress whether a recipient must confirm the address before the first download
 * @param reportExpiry whether {@code link.expired} is published when the page expires
 */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageOptions(
        @Nullable Integer maxDownloads,
        @Nullable Boolean oneTime,
        @Nullable Duration remindBefore,
        @Nullable Boolean confirmAddress,
        @Nullable Boolean reportExpiry) {

    /** No options: a page without limits, reminder, confirmation and report. */
    public static final PageOptions NONE = new PageOptions(null, null, null, null, null);

    /** The value of {@link #oneTime()}; false if the request does not name it. */
    public boolean isOneTime() {
        return Boolean.TRUE.equals(oneTime);
    }

    /** The value of {@link #confirmAddress()}; false if the request does not name it. */
    public boolean isConfirmAddress() {
        return Boolean.TRUE.equals(confirmAddress);
    }

    /** The value of {@link #reportExpiry()}; false if the request does not name it. */
    public boolean isReportExpiry() {
        return Boolean.TRUE.equals(reportExpiry);
    }

    /** Whether a file can be downloaded from the page only, because the page counts or asks first. */
    public boolean restrictsDownloads() {
        return maxDownloads != null || isOneTime() || isConfirmAddress();
    }
}
