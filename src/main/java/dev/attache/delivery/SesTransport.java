package dev.attache.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.MailPreparationException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * Sends by Amazon SES (API version 2, raw content), where the mail arrives as it was composed but for two headers: SES
 * overrides {@code Message-ID} and {@code Date} with its own ("Header fields in Amazon SES"), so twins cannot be told
 * apart by them; the delivery id stays in {@code X-Attache-Delivery-Id}. SES accepts an address that does not exist and
 * reports the bounce later.
 */
final class SesTransport implements MailTransport, AutoCloseable {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    static final Duration CALL = Duration.ofSeconds(20);

    private final SesV2Client ses;

    /**
     * A client that tries once and does not wait for ever. After a read timeout SES may have taken the mail, and a retry
     * of the SDK's would send it again; whether to try again is decided where it is known whether it was sent.
     *
     * @param builder with credentials, region and endpoint
     */
    static SesV2Client patient(SesV2ClientBuilder builder) {
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL)
                .retryStrategy(DefaultRetryStrategy.doNotRetry()).build()).build();
    }

    SesTransport(SesV2Client ses) {
        this.ses = ses;
    }

    @Override
    public void send(MimeMessage mail) {
        ses.sendEmail(request(mail));
    }

    @Override
    public void close() {
        ses.close();
    }

    private static SendEmailRequest request(MimeMessage mail) {
        try (ByteArrayOutputStream raw = new ByteArrayOutputStream()) {
            mail.writeTo(raw);
            String[] recipients = addresses(mail.getAllRecipients());
            return SendEmailRequest.builder()
                    .destination(to -> to.toAddresses(recipients))
                    .content(content -> content.raw(message -> message.data(SdkBytes.fromByteArray(raw.toByteArray()))))
                    .build();
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] addresses(Address[] of) {
        return Arrays.stream(of).map(address -> ((InternetAddress) address).getAddress()).toArray(String[]::new);
    }
}
