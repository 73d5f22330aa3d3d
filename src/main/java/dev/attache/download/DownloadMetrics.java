package dev.attache.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what happens to download pages. No tag contains anything of a page or a recipient. */
final class DownloadMetrics {

    private final MeterRegistry meters;

    DownloadMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What became of an entry of the due index. */
    enum Settled {
        /** Events about a use were published. */
        ANNOUNCED,
        /** A reminder was published. */
        REMINDED,
        /** The expiry was reported. */
        EXPIRED,
        /** The page was extended, and the entry is due later. */
        POSTPONED,
        /** Nothing is to be done any more. */
        DROPPED,
        /** It is repeated in a later round. */
        FAILED
    }

    void pressed(DownloadUsage.Result result) {
        count(
                "attache.downloads",
                "Pressed buttons of download pages",
                switch (result) {
                    case DownloadUsage.Result.Redirect redirect -> "redirected";
                    case DownloadUsage.Result.Refused(Refusal reason) -> tag(reason);
                });
    }

    void renewal(DownloadRenewals.Outcome outcome) {
        count("attache.downloads.renewals", "Requests for a new link", tag(outcome));
    }

    void settled(Settled settled) {
        count("attache.downloads.due", "Settled entries of the due index of download pages", tag(settled));
    }

    private void count(String name, String description, String result) {
        Counter.builder(name)
                .description(description)
                .tag("result", result)
                .register(meters)
                .increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
