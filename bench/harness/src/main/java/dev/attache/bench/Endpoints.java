package dev.attache.bench;

/**
 * Where a subject finds the emulator.
 *
 * @param aws the URL of SQS, SNS and S3
 * @param smtpPort the mail relay's, at {@link #SMTP_HOST}
 */
record Endpoints(String aws, int smtpPort) {

    static final String SMTP_HOST = "127.0.0.1";
}
