package dev.attache.bench;

/**
 * What one subject was measured at.
 *
 * @param perSecond        messages
 * @param cpuPerThousand   milliseconds of user and system time per 1,000 messages
 * @param callsPerMessage  receive, publish, delete, visibility and all others
 * @param medianMillis     from a message's arrival to its publication, one at a time
 * @param ninetyNinthMillis the same, the 99th percentile
 * @param residentMiB      the most there was, with the backlog
 * @param startMillis      from the start of the process to its first receive
 * @param emulatorBusy     the share of its core that the emulator used meanwhile; near one it is what was measured
 */
record Figures(String name, double perSecond, double cpuPerThousand, double callsPerMessage, double medianMillis,
        double ninetyNinthMillis, long residentMiB, long startMillis, double emulatorBusy) {
}
