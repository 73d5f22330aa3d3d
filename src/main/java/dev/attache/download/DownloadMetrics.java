package dev.attache.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what happens to download pages. No tag contains anything of a page or a recipient. */
final class DownloadMetrics {

    private final MeterRegistry meters;

    /** Creates all meters, so that they are zero before the first page is used. */
    DownloadMetrics(MeterRegistry meters) {
        this.meters = meters;
        pressed("redirected");
        for (Refusal refusal : Refusal.values()) {
            pressed(tag(refusal));
        }
        for (DownloadRenewals.Outcome outcome : DownloadRenewals.Outcome.values()) {
            renewals(tag(outcome));
        }
        for (Settled settled : Settled.values()) {
            due(tag(settled));
        }
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
        pressed(
                        switch (result) {
                            case DownloadUsage.Result.Redirect redirect -> "redirected";
                            case DownloadUsage.Result.Refused(Refusal reason) -> tag(reason);
                        })
                .increment();
    }

    void renewal(DownloadRenewals.Outcome outcome) {
        renewals(tag(outcome)).increment();
    }

    void settled(Settled settled) {
        due(tag(settled)).increment();
    }

    private Counter pressed(String result) {
        return counter("attache.downloads", "Pressed buttons of download pages", result);
    }

    private Counter renewals(String result) {
        return counter("attache.downloads.renewals", "Requests for a new link", result);
    }

    private Counter due(String result) {
        return counter("attache.downloads.due", "Settled entries of the due index of download pages", result);
    }

    private Counter counter(String name, String description, String result) {
        return Counter.builder(name)
                .description(description)
                .tag("result", result)
                .register(meters);
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
