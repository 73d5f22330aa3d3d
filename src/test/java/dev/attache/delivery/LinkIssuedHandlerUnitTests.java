package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.Relays;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.ledger.keys.Keys;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

@ExtendWith(OutputCaptureExtension.class)
class LinkIssuedHandlerUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery SAMPLE = Samples.delivery(
            Purpose.DOWNLOAD, ANA, null, Samples.download("a.pdf", "https://s3.example/a?X-Amz-Signature=secret"));

    private static final Delivery PAGE_MAIL =
            Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, Samples.page(Samples.item(null, "a.pdf")));
    private static final DeliveryHashes HASHES =
            new DeliveryHashes(Keys.of(List.of(new Keys.Key("locator", new byte[32]))));

    private final List<OutgoingMail> sent = new ArrayList<>();
    private final InMemoryClaims claims = new InMemoryClaims();
    private final RecordingDueDownloads due = new RecordingDueDownloads();
    private final List<String> announced = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Samples.Acme acme = new Samples.Acme();
    private boolean replyIsLost;

    @Test
    void anIssuedLinkIsSentByMail() throws Exception {
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(sent)
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.message().getMessageID()).isEqualTo("<" + Samples.ID + "@acme.example>"));
    }

    @Test
    void noLinkIsLogged(CapturedOutput output) {
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(output.getAll()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void aReceiptIsSentOnceAndWithoutALink() throws Exception {
        LinkIssued receipt = LinkIssued.receipt(
                "r-1",
                ANA,
                new ReceivedUpload(
                        "7K3M-9QXT",
                        null,
                        ANA,
                        List.of(new ReceivedUpload.File("a.pdf", 10, "application/pdf", Samples.ISSUED))),
                Samples.ISSUED);
        LinkIssuedHandler handler = handler(Channel.EMAIL, receipt, Duration.ofDays(3));

        handler.accept(message());
        handler.accept(message());

        assertThat(sent)
                .singleElement()
                .satisfies(mail -> assertThat(mail.message().getSubject()).contains("7K3M-9QXT"));
        assertThat(claims.pages).containsExactly(Map.entry(ClaimKey.of(Samples.ID), Optional.empty()));
        assertThat(due.added).isEmpty();
    }

    @Test
    void aLinkOfAnotherChannelIsRejectedWithoutAClaim() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> handler(Channel.NEWSLETTER, SAMPLE.issued(), Duration.ZERO)
                        .accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION))
                .withMessageContaining("filter policy");
        assertThat(sent).isEmpty();
        assertThat(claims.states).isEmpty();
    }

    static Stream<Arguments> mailsThatCannotBeSent() {
        LinkIssued issued = SAMPLE.issued();
        Link page = issued.links().getFirst();
        Link forPrograms = Samples.linkForPrograms("https://s3.example/x?s");
        return Stream.of(
                arguments("no recipient", with(issued, null, page), RejectionCode.CONTRACT_VIOLATION),
                arguments(
                        "an invalid address",
                        with(issued, new Recipient("no address"), page),
                        RejectionCode.ADDRESS_INVALID),
                arguments("no link for people", with(issued, ANA, forPrograms), RejectionCode.CONTRACT_VIOLATION));
    }

    private static LinkIssued with(LinkIssued issued, @Nullable Recipient recipient, Link link) {
        return new LinkIssued(
                issued.requestId(),
                issued.channel(),
                issued.purpose(),
                recipient,
                issued.message(),
                issued.campaign(),
                List.of(link),
                issued.issuedAt(),
                issued.upload(),
                issued.contentDigest(),
                issued.page(),
                issued.order());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mailsThatCannotBeSent")
    void aMailThatCanNeverBeSentIsRejectedWithoutAClaim(String problem, LinkIssued issued, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, issued, Duration.ZERO).accept(message()))
                .satisfies(e -> assertThat(e.code()).as(problem).isEqualTo(code));
        assertThat(sent).isEmpty();
        assertThat(claims.states).isEmpty();
    }

    @Test
    void aNewsletterWithoutACampaignIsRejectedWithoutAClaim() {
        LinkIssued issued = Samples.newsletter(ANA, null, Samples.download("a.pdf", "https://s3.example/a"))
                .issued();

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(
                        () -> handler(Channel.NEWSLETTER, issued, Duration.ZERO).accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION));
        assertThat(claims.states).isEmpty();
    }

    @Test
    void anExpiredLinkIsNotMailed() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, SAMPLE.issued(), Duration.ofDays(2))
                        .accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
        assertThat(sent).isEmpty();
    }

    @Test
    void mailSentIsPublishedForEachDeliveryOfTheEventIfConfigured() {
        acme.mailSentEvents = true;
        LinkIssuedHandler handler = handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);

        handler.accept(message());
        handler.accept(message());

        assertThat(sent).hasSize(1);
        assertThat(announced).hasSize(2).containsOnly(Samples.ID + " <" + Samples.ID + "@acme.example>");
    }

    @Test
    void aMailThatWasSentIsNotCountedAgain() {
        acme.mailSentEvents = true;
        acme.mailsPerRecipientPerDay = 1;
        LinkIssuedHandler handler = handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);

        handler.accept(message());
        handler.accept(message());

        assertThat(sent).hasSize(1);
        assertThat(announced).hasSize(2);
    }

    @Test
    void aMailAboveTheLimitReleasesItsClaim() {
        acme.mailsPerRecipientPerDay = 1;
        LinkIssuedHandler handler = handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);
        handler.accept(message());
        claims.states.clear();

        assertThatExceptionOfType(MailLimitException.class).isThrownBy(() -> handler.accept(message()));

        assertThat(sent).hasSize(1);
        assertThat(claims.states).containsValue("free");
    }

    @Test
    void mailSentIsNotPublishedByDefault() {
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(announced).isEmpty();
    }

    @Test
    void theEnvelopeSenderIsTheSourcesOwnAddressIfItHasOne() {
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());
        assertThat(sent.getLast().envelopeFrom()).isEqualTo("files@acme.example");
        assertThat(sent.getLast().ownEnvelope()).isFalse();

        acme.envelopeFrom = "bounces@crm.example";
        claims.states.clear();
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(sent.getLast().envelopeFrom()).isEqualTo("bounces@crm.example");
        assertThat(sent.getLast().ownEnvelope()).isTrue();
    }

    @Test
    void aMailWithAPageIsClaimedUnderItsDeliveryTogetherWithThePage() {
        LinkIssued issued = PAGE_MAIL.issued();

        handler(Channel.EMAIL, issued, Duration.ZERO).accept(message());

        assertThat(sent).hasSize(1);
        assertThat(claims.pages)
                .containsOnlyKeys(
                        new ClaimKey(Samples.ID, HASHES.key("crm", issued.requestId(), ANA.address(), Samples.ID)))
                .allSatisfy((key, page) -> assertThat(page)
                        .get()
                        .satisfies(stored -> assertThat(stored.page()).isEqualTo(issued.page()))
                        .satisfies(stored -> assertThat(stored.recipient()).isEqualTo(ANA)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"REMINDER", "RENEWAL"})
    void aReminderOrRenewalIsClaimedUnderItsDeliveryWithoutAPage(Purpose purpose) {
        LinkIssued issued = Samples.pageDelivery(purpose, ANA, null, Samples.page(Samples.item(null, "a.pdf")))
                .issued();

        handler(Channel.EMAIL, issued, Duration.ZERO).accept(message());

        assertThat(sent).hasSize(1);
        assertThat(claims.pages)
                .containsExactly(Map.entry(
                        new ClaimKey(Samples.ID, HASHES.key("crm", issued.requestId(), ANA.address(), Samples.ID)),
                        Optional.empty()));
    }

    @Test
    void aMailWithoutAPageIsClaimedAsInEarlierReleases() {
        handler(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(claims.pages).containsExactly(Map.entry(ClaimKey.of(Samples.ID), Optional.empty()));
    }

    @Test
    void theReminderAndTheReportOfAPageAreScheduledAgainWithEachDeliveryOfItsEvent() {
        Instant reminder = Samples.EXPIRES.minus(Duration.ofHours(6));
        DownloadPage page = new DownloadPage(
                List.of(Samples.item(null, "a.pdf")), Samples.EXPIRES, null, false, false, reminder, true, null);
        LinkIssued issued =
                Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, page).issued();
        DeliveryKey key = HASHES.key("crm", issued.requestId(), ANA.address(), Samples.ID);
        LinkIssuedHandler handler = handler(Channel.EMAIL, issued, Duration.ZERO);

        handler.accept(message());
        assertThat(due.added)
                .containsExactlyInAnyOrder(
                        new Due(reminder, Kind.REMINDER, key, ""), new Due(Samples.EXPIRES, Kind.EXPIRY, key, ""));

        due.added.clear();
        handler.accept(message());
        assertThat(sent).hasSize(1);
        assertThat(due.added).hasSize(2);
    }

    @Test
    void theReportOfAPageIsScheduledIfTheRelaysReplyToItsMailWasLost() {
        DownloadPage page = new DownloadPage(
                List.of(Samples.item(null, "a.pdf")), Samples.EXPIRES, null, false, false, null, true, null);
        LinkIssued issued =
                Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, page).issued();
        replyIsLost = true;

        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, issued, Duration.ZERO).accept(message()));

        assertThat(due.added).extracting(Due::kind).containsExactly(Kind.EXPIRY);
    }

    @Test
    void nothingIsScheduledForAPageThatAsksForNothingAndForAReminder() {
        handler(Channel.EMAIL, PAGE_MAIL.issued(), Duration.ZERO).accept(message());
        claims.states.clear();
        DownloadPage page = new DownloadPage(
                List.of(Samples.item(null, "a.pdf")), Samples.EXPIRES, null, false, false, Samples.EXPIRES, true, null);
        LinkIssued reminder =
                Samples.pageDelivery(Purpose.REMINDER, ANA, null, page).issued();
        handler(Channel.EMAIL, reminder, Duration.ZERO).accept(message());

        assertThat(sent).hasSize(2);
        assertThat(due.added).isEmpty();
    }

    @Test
    void aMailWithAnExpiredPageIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, PAGE_MAIL.issued(), Duration.ofDays(1))
                        .accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
        assertThat(sent).isEmpty();
    }

    /** A dead letter would ask an operator for something that nobody can do. */
    @Test
    void aReminderOfAnExpiredPageIsNotSentAndCounted(CapturedOutput output) {
        acme.mailSentEvents = true;
        LinkIssued reminder = Samples.pageDelivery(
                        Purpose.REMINDER, ANA, null, Samples.page(Samples.item(null, "a.pdf")))
                .issued();

        handler(Channel.EMAIL, reminder, Duration.ofDays(1)).accept(message());

        assertThat(sent).isEmpty();
        assertThat(announced).isEmpty();
        assertThat(claims.states).containsOnly(Map.entry(Samples.ID, "free"));
        assertThat(meters.get("attache.reminders.late").counter().count()).isOne();
        assertThat(output).contains("Reminder " + Samples.ID + " is not sent").doesNotContain(ANA.address());
    }

    @Test
    void aRenewalOfAnExpiredPageIsRejected() {
        LinkIssued renewal = Samples.pageDelivery(Purpose.RENEWAL, ANA, null, Samples.page(Samples.item(null, "a.pdf")))
                .issued();

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() ->
                        handler(Channel.EMAIL, renewal, Duration.ofDays(1)).accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
    }

    @Test
    void aPageWithoutALinkToItIsRejectedWithoutAClaim() {
        LinkIssued issued = PAGE_MAIL.issued().withLinks(SAMPLE.issued().links());

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, issued, Duration.ZERO).accept(message()))
                .withMessageContaining("download-page");
        assertThat(claims.states).isEmpty();
    }

    @Test
    void mailsAreCountedByOutcomeAndTimedFromTheirEvent() {
        LinkIssuedHandler handler = handler(Channel.EMAIL, PAGE_MAIL.issued(), Duration.ofSeconds(90));

        handler.accept(message());
        handler.accept(message());

        assertThat(mails("sent")).isEqualTo(1);
        assertThat(mails("sent-before")).isEqualTo(1);
        Timer delay = meters.get("attache.mails.delay").tag("kind", "download").timer();
        assertThat(delay.count()).isEqualTo(1);
        assertThat(delay.totalTime(TimeUnit.SECONDS)).isEqualTo(90);
    }

    @Test
    void aMailWithoutAReplyIsCountedAsUncertain() {
        replyIsLost = true;

        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> handler(Channel.EMAIL, PAGE_MAIL.issued(), Duration.ZERO)
                        .accept(message()));

        assertThat(mails("uncertain")).isEqualTo(1);
        assertThat(meters.find("attache.mails.delay").timers()).isEmpty();
    }

    private double mails(String outcome) {
        return meters.get("attache.mails")
                .tag("channel", "email")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private LinkIssuedHandler handler(Channel channel, LinkIssued issued, Duration late) {
        Clock clock = Clock.fixed(Samples.ISSUED.plus(late), ZoneOffset.UTC);
        MailRoundTrip mails = new MailRoundTrip();
        return new LinkIssuedHandler(
                new LinkIssuedReader(channel, new SingleEventCodec(issued), new SingleSourcePolicies(acme)),
                new MailLimits(meters, clock, new Random(1)),
                new LinkRenewal(new RecordingSigner(clock), new InMemoryObjects(), clock),
                mails.writer(),
                mails.composer(),
                HASHES,
                new MailDispatcher(claims, Relays.open(this::accept), clock),
                due,
                ObjectIndex.NONE,
                (event, messageId) -> announced.add(event.id() + " " + messageId),
                new LateReminders(meters),
                new MailMeters(meters, clock));
    }

    private void accept(OutgoingMail mail) {
        sent.add(mail);
        if (replyIsLost) {
            throw new DeliveryUncertainException("No reply", null);
        }
    }

    private static Message<byte[]> message() {
        return MessageBuilder.withPayload("the event".getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
