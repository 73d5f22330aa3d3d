package dev.attache.delivery.relay.ses;

import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.MailRefusedException.Reason;
import dev.attache.delivery.relay.MailTransport;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.RelayDownException;
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
 * Sends mails by Amazon SES (API version 2, raw content). SES replaces the headers {@code Message-ID} and {@code Date}
 * ("Header fields in Amazon SES"), so duplicates cannot be recognized by them; {@code X-Attache-Delivery-Id} is kept.
 * SES accepts addresses that do not exist, and reports bounces later. Amazon SES API v2 Reference, "SendEmail", says
 * which errors concern the account and which the mail.
 */
final class SesTransport implements MailTransport {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final Set<Class<? extends AwsServiceException>> ACCOUNT_ERRORS = Set.of(
            SendingPausedException.class,
            AccountSuspendedException.class,
            MailFromDomainNotVerifiedException.class,
            LimitExceededException.class,
            NotFoundException.class);

    private final SesV2Client ses;

    private final String sender;

    private final @Nullable String configurationSet;

    /**
     * Builds a client with timeouts and without retries. After a read timeout SES may have accepted the mail, and a
     * retry by the SDK would send it again. The caller, which holds the claim, decides about retries.
     *
     * @param builder has credentials, region and endpoint
     */
    static SesV2Client client(SesV2ClientBuilder builder) {
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .build())
                .build();
    }

    /**
     * @param sender the address of {@code attache.mail.from}
     * @param configurationSet of all mails; null for that of the sender's identity
     */
    SesTransport(SesV2Client ses, String sender, @Nullable String configurationSet) {
        this.configurationSet = configurationSet;
        this.ses = ses;
        this.sender = sender.toLowerCase(Locale.ROOT);
    }

    @Override
    public String send(OutgoingMail mail) {
        SendEmailRequest request = request(mail);
        try {
            return "Amazon SES: message " + ses.sendEmail(request).messageId();
        } catch (AwsServiceException e) {
            throw toMailException(e);
        } catch (SdkClientException e) {
            throw unanswered(e);
        }
    }

    private SendEmailRequest request(OutgoingMail mail) {
        SendEmailRequest.Builder request = SendEmailRequest.builder()
                .configurationSetName(configurationSet)
                .destination(to -> to.toAddresses(mail.recipient()))
                .content(content -> content.raw(message -> message.data(SdkBytes.fromByteArrayUnsafe(mail.content()))));
        // SES forwards bounces to this address. The envelope sender itself is SES's, or that of a custom MAIL FROM
        // domain.
        return mail.ownEnvelope()
                ? request.feedbackForwardingEmailAddress(mail.envelopeFrom()).build()
                : request.build();
    }

    /** The messages of SES and of the SDK's exceptions contain addresses, so the exception is not passed as a cause. */
    private MailNotSentException toMailException(AwsServiceException error) {
        String message =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        String name =
                error.getClass().getSimpleName().replaceFirst("Exception$", "") + ", status " + error.statusCode();
        if (ACCOUNT_ERRORS.stream().anyMatch(kind -> kind.isInstance(error))) {
            return new RelayDownException(
                    "Amazon SES does not send for this account (%s)".formatted(name), message, null);
        }
        return switch (error) {
            case MessageRejectedException rejected
            when namesOurSender(message) ->
                new RelayDownException(
                        "attache.mail.from is not verified in Amazon SES (%s)".formatted(name), message, null);
            case MessageRejectedException rejected ->
                new MailRefusedException("Amazon SES refused the mail (%s)".formatted(name), message, Reason.OTHER);
            case BadRequestException bad ->
                new MailRefusedException("Amazon SES refused the mail (%s)".formatted(name), message, Reason.OTHER);
            case AwsServiceException throttled
            when throttled.isThrottlingException() || throttled.statusCode() == 429 ->
                isDailyQuota(message)
                        ? new RelayDownException(
                                "The daily quota of Amazon SES is used up (%s)".formatted(name), message, null)
                        : new MailDeferredException(
                                "Amazon SES accepts fewer mails per second (%s)".formatted(name), message, null);
            // Credentials, permissions, or SES itself; not this mail.
            default -> new RelayDownException("Amazon SES accepted no mail (%s)".formatted(name), message, null);
        };
    }

    /** In the SES sandbox, the same error is also used for recipients that are not verified. */
    private boolean namesOurSender(@Nullable String message) {
        if (message == null || !message.toLowerCase(Locale.ROOT).contains("not verified")) {
            return false;
        }
        String lowerCase = message.toLowerCase(Locale.ROOT);
        String domain = sender.substring(sender.lastIndexOf('@') + 1);
        return lowerCase.contains(sender)
                || lowerCase.matches("(?s).*[\\s:,]" + Pattern.quote(domain) + "(?![\\w.-]).*");
    }

    private static boolean isDailyQuota(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("daily");
    }

    /** Without a connection SES cannot have accepted the mail; otherwise it may have. */
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
