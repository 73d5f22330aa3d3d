package dev.attache.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one subject's mails, from the request in its queue to the relay.
 *
 * @param seconds from the moment the requests are in the queue until the last mail is accepted and all queues are empty
 * @param cpuPerMail milliseconds of user and system time
 * @param s3CallsPerMail calls to S3
 * @param callsPerMail calls to SQS, SNS and S3
 * @param connectionsPerMail connections to the relay
 * @param bytesPerMail mean size of the content
 * @param residentMiB the highest resident set size since the process started
 * @param emulatorBusy the CPU time of the emulator and its relay, as a share of one core
 * @param stolen the share of the subject's core that the host gave to other machines meanwhile, as far as the host
 *     reports it
 */
record MailFigures(
        String name,
        long mails,
        double seconds,
        double cpuPerMail,
        double s3CallsPerMail,
        double callsPerMail,
        double connectionsPerMail,
        double bytesPerMail,
        long residentMiB,
        double emulatorBusy,
        double stolen) {

    static final List<Table.Row<MailFigures>> ROWS = List.of(
            new Table.Row<>("mails a second", "%,.0f", MailFigures::perSecond),
            new Table.Row<>("wall time, s", "%.1f", MailFigures::seconds),
            new Table.Row<>("CPU ms per mail", "%.2f", MailFigures::cpuPerMail),
            new Table.Row<>("S3 calls per mail", "%.3f", MailFigures::s3CallsPerMail),
            new Table.Row<>("AWS calls per mail", "%.3f", MailFigures::callsPerMail),
            new Table.Row<>("SMTP connections per mail", "%.3f", MailFigures::connectionsPerMail),
            new Table.Row<>("bytes per mail", "%,.0f", MailFigures::bytesPerMail),
            new Table.Row<>("resident memory, peak, MiB", "%,.0f", MailFigures::residentMiB),
            new Table.Row<>("CPU time of emulator and relay, cores", "%.2f", MailFigures::emulatorBusy));

    double perSecond() {
        return mails / seconds;
    }

    /** The round with the median of this figure. */
    static MailFigures median(List<MailFigures> rounds, ToDoubleFunction<MailFigures> figure) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(figure))
                .toList()
                .get(rounds.size() / 2);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d mails in %.1f s, %,.0f a second, %.2f ms of CPU each, %.3f S3 calls, %.3f AWS calls and %.3f"
                        + " SMTP connections each, %,.0f bytes, %d MiB, emulator and relay busy %.2f, core stolen %.2f",
                name,
                mails,
                seconds,
                perSecond(),
                cpuPerMail,
                s3CallsPerMail,
                callsPerMail,
                connectionsPerMail,
                bytesPerMail,
                residentMiB,
                emulatorBusy,
                stolen);
    }
}
