package dev.attache.bench;

/**
 * The endpoints of the emulator.
 *
 * @param aws the URL of SQS, SNS and S3
 * @param smtpPort the port of the mail relay on {@link #SMTP_HOST}
 */
record Endpoints(String aws, int smtpPort) {

    static final String SMTP_HOST = "127.0.0.1";
}
