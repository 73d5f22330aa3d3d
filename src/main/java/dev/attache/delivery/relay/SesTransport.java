package dev.attache.delivery.relay;

import dev.attache.delivery.relay.MailRefusedException.Refused;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;

/**
 * Sends by Amazon SES (API version 2, raw content), where the mail arrives as it was composed but for two headers: SES
 * overrides {@code Message-ID} and {@code Date} with its own ("Header fields in Amazon SES"), so duplicates cannot be
 * told apart by them; the delivery id stays in {@code X-Attache-Delivery-Id}. SES accepts an address that does not
 * exist and reports the bounce later. Which error is about the account and which about the mail: Amazon SES API v2
 * Reference, "SendEmail".
 */
final class SesTransport implements MailTransport {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    static final Duration CALL = Duration.ofSeconds(20);

    private static final Set<Class<? extends AwsServiceException>> OF_ACCOUNT = Set.of(
            SendingPausedException.class,
            AccountSuspendedException.class,
            MailFromDomainNotVerifiedException.class,
            LimitExceededException.class,
            NotFoundException.class);

    private final SesV2Client ses;

    private final String sender;

    /**
     * A client that tries once and does not wait for ever. After a read timeout SES may have taken the mail, and a
     * retry of the SDK's would send it again; whether to try again is decided where it is known whether it was sent.
     *
     * @param builder with credentials, region and endpoint
     */
    static SesV2Client patient(SesV2ClientBuilder builder) {
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .build())
                .build();
    }

    /** @param sender the address that mails come from */
    SesTransport(SesV2Client ses, String sender) {
        this.ses = ses;
        this.sender = sender.toLowerCase(Locale.ROOT);
    }

    @Override
    public void send(OutgoingMail mail) {
        SendEmailRequest request = request(mail);
        try {
            ses.sendEmail(request);
        } catch (AwsServiceException e) {
            throw meaning(e);
        } catch (SdkClientException e) {
            throw unanswered(e);
        }
    }

    private static SendEmailRequest request(OutgoingMail mail) {
        SendEmailRequest.Builder request = SendEmailRequest.builder()
                .destination(to -> to.toAddresses(mail.recipient()))
                .content(content -> content.raw(message -> message.data(SdkBytes.fromByteArrayUnsafe(mail.content()))));
        // Where bounces are forwarded to; the envelope's sender itself is SES's own, or that of a custom MAIL FROM
        // domain.
        return mail.ownEnvelope()
                ? request.feedbackForwardingEmailAddress(mail.envelopeFrom()).build()
                : request.build();
    }

    /**
     * The messages of SES name addresses, and so do those of the SDK's exceptions: none of them is passed on as a
     * cause.
     */
    private MailNotSentException meaning(AwsServiceException error) {
        String words =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        String name =
                error.getClass().getSimpleName().replaceFirst("Exception$", "") + ", status " + error.statusCode();
        if (OF_ACCOUNT.stream().anyMatch(kind -> kind.isInstance(error))) {
            return new RelayDownException(
                    "Amazon SES does not send for this account (%s)".formatted(name), words, null);
        }
        return switch (error) {
            case MessageRejectedException rejected
            when namesOurSender(words) ->
                new RelayDownException(
                        "Amazon SES does not know attache.mail.from as verified (%s)".formatted(name), words, null);
            case MessageRejectedException rejected ->
                new MailRefusedException("Amazon SES refused the mail (%s)".formatted(name), words, Refused.MAIL);
            case BadRequestException bad ->
                new MailRefusedException("Amazon SES refused the mail (%s)".formatted(name), words, Refused.MAIL);
            case AwsServiceException throttled
            when throttled.isThrottlingException() || throttled.statusCode() == 429 ->
                isDailyQuota(words)
                        ? new RelayDownException(
                                "The day's quota of Amazon SES is used up (%s)".formatted(name), words, null)
                        : new MailDeferredException(
                                "Amazon SES wants fewer mails a second (%s)".formatted(name), words, null);
            // Credentials, permissions, or SES itself: nothing of this mail.
            default -> new RelayDownException("Amazon SES took no mail (%s)".formatted(name), words, null);
        };
    }

    /** In SES's sandbox the same error names recipients that are not verified. */
    private boolean namesOurSender(@Nullable String words) {
        if (words == null || !words.toLowerCase(Locale.ROOT).contains("not verified")) {
            return false;
        }
        String said = words.toLowerCase(Locale.ROOT);
        String domain = sender.substring(sender.lastIndexOf('@') + 1);
        return said.contains(sender) || said.matches("(?s).*[\\s:,]" + Pattern.quote(domain) + "(?![\\w.-]).*");
    }

    private static boolean isDailyQuota(@Nullable String words) {
        return words != null && words.toLowerCase(Locale.ROOT).contains("daily");
    }

    /** Without a connection SES cannot have the mail; otherwise it may. */
    private static MailNotSentException unanswered(SdkClientException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException
                    || cause instanceof SSLPeerUnverifiedException
                    || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
                return new RelayDownException(
                        "Amazon SES cannot be reached: " + cause.getClass().getSimpleName(), null, error);
            }
            if (cause.getMessage() != null && cause.getMessage().contains("Unable to load credentials")) {
                return new RelayDownException("There are no credentials for Amazon SES", null, error);
            }
        }
        return new DeliveryUncertainException("Amazon SES did not answer", error);
    }

    @Override
    public void close() {
        ses.close();
    }
}
