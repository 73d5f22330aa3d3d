package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever has the link of a page that asks for the recipient's address, and guesses it. No limit of a client applies.
 */
class AddressGuessesTests extends DownloadTestBase {

    private static final int MOST = 10;

    private static final String RECIPIENT = "ana@example.com";

    private final PageToken token = issue(new PageBuilder().confirmAddress().maxDownloads(3));

    private static Result refused(Refusal reason) {
        return new Result.Refused(reason);
    }

    private Result type(DownloadWorker at, String address) {
        return at.usage.press(token, 0, address);
    }

    private void useUp() {
        for (int i = 0; i < MOST; i++) {
            assertThat(type(worker, "guess" + i + "@example.com")).isEqualTo(refused(Refusal.ADDRESS_WRONG));
        }
    }

    private List<CloudEvent<LinkIssued>> askForALink() {
        other.renewals.request(token);
        runBackground();
        return events(EventType.LINK_ISSUED);
    }

    /** As fast as any number of client networks permits, against both workers, for days. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void guessersHaveTenAddressesComparedAndTheRecipientComesThroughWithOneMail(long seed) {
        Random random = new Random(seed);
        int compared = 0;
        for (int i = 0; i < 2_000; i++) {
            DownloadWorker at = random.nextBoolean() ? worker : other;
            if (random.nextInt(10) == 0) {
                at.renewals.request(token);
                runBackground();
            }
            Result result = type(at, "guess" + i + "@example.com");
            assertThat(result).isIn(refused(Refusal.ADDRESS_WRONG), refused(Refusal.ADDRESS_BY_MAIL));
            compared += result.equals(refused(Refusal.ADDRESS_WRONG)) ? 1 : 0;
            clock.advance(Duration.ofSeconds(random.nextInt(200)));
        }
        assertThat(compared).isEqualTo(MOST);

        assertThat(type(worker, RECIPIENT)).isEqualTo(refused(Refusal.ADDRESS_BY_MAIL));
        List<CloudEvent<LinkIssued>> mails = askForALink();

        assertThat(mails).hasSizeBetween(1, 5).allSatisfy(mail -> {
            assertThat(mail.data().recipient()).isEqualTo(pages.get(token.key()).recipient());
            assertThat(worker.usage.find(tokenOf(mail)).orElseThrow().mustConfirm())
                    .isFalse();
        });
        assertThat(worker.usage.press(tokenOf(mails.getLast()), 0, null)).isInstanceOf(Result.Redirect.class);
        assertThat(type(other, "guess@example.com")).isInstanceOf(Result.Redirect.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void requestsAtTheSameTimeHaveNoMoreAddressesCompared(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            s3.troubles.add(Trouble.values()[random.nextInt(Trouble.values().length)]);
        }
        List<Callable<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            DownloadWorker at = i % 2 == 0 ? worker : other;
            String address = "guess" + i + "@example.com";
            guesses.add(() -> {
                try {
                    return type(at, address).equals(refused(Refusal.ADDRESS_WRONG));
                } catch (RuntimeException failed) {
                    return false;
                }
            });
        }

        int compared = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> guess : threads.invokeAll(guesses)) {
                compared += guess.get() ? 1 : 0;
            }
        }

        assertThat(compared).isBetween(1, MOST);
        s3.troubles.clear();
        while (type(worker, "more@example.com").equals(refused(Refusal.ADDRESS_WRONG))) {
            assertThat(++compared).isLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void theTenthAddressIsStillCompared() {
        for (int i = 1; i < MOST; i++) {
            type(worker, "guess@example.com");
        }

        assertThat(type(other, RECIPIENT)).isInstanceOf(Result.Redirect.class);
    }

    @Test
    void aPageWithoutCountedGuessesAsksForTheAddress() {
        assertThat(worker.usage.find(token).orElseThrow().confirmByMail()).isFalse();
        assertThat(askForALink()).isEmpty();

        useUp();

        assertThat(worker.usage.find(token).orElseThrow().confirmByMail()).isTrue();
        assertThat(press(token)).isEqualTo(refused(Refusal.ADDRESS_BY_MAIL));
    }

    @Test
    void theLinkInTheMailConfirmsTheAddressAndExpiresWithThePage() {
        useUp();

        CloudEvent<LinkIssued> mail = askForALink().getFirst();

        assertThat(mail.data().purpose()).isEqualTo(LinkIssued.Purpose.RENEWAL);
        assertThat(mail.data().page())
                .returns(false, DownloadPage::confirmAddress)
                .returns(PageBuilder.EXPIRES, DownloadPage::expiresAt);
        assertThat(types()).containsExactly("link.issued");
        clock.set(PageBuilder.EXPIRES);
        assertThat(worker.usage.press(tokenOf(mail), 0, null)).isEqualTo(refused(Refusal.EXPIRED));
    }

    @Test
    void aTokenOfAMailThatWasNotSentConfirmsNothing() {
        useUp();

        assertThat(worker.usage.press(new PageToken(token.key(), 1), 0, null))
                .isEqualTo(refused(Refusal.ADDRESS_BY_MAIL));
    }

    @Test
    void mailsAreAnHourApartAndFiveAtMost() {
        useUp();
        askForALink();
        clock.advance(Duration.ofMinutes(59));
        assertThat(askForALink()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(askForALink()).hasSize(2);

        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofHours(1));
            askForALink();
        }

        assertThat(events(EventType.LINK_ISSUED)).hasSize(5);
    }

    /** Otherwise others could use up the recipient's renewals. */
    @Test
    void mailsThatConfirmTheAddressAreNoRenewals() {
        source.renewals = 1;
        useUp();
        askForALink();
        clock.set(PageBuilder.EXPIRES.plus(Duration.ofHours(1)));

        assertThat(worker.usage.find(token).orElseThrow().renewable()).isTrue();
        assertThat(askForALink()).hasSize(2);
        assertThat(events(EventType.LINK_RENEWED)).hasSize(1);
        assertThat(press(new PageToken(token.key(), 2))).isEqualTo(refused(Refusal.ADDRESS_BY_MAIL));
    }

    /** Otherwise those that others caused before would lock the recipient out of the renewed page. */
    @Test
    void eachRenewedLinkIsConfirmedByMailWhateverWasSentBefore() {
        source.renewals = 2;
        useUp();
        for (int i = 0; i < 5; i++) {
            clock.set(PageBuilder.EXPIRES.minus(Duration.ofHours(5 - i)));
            askForALink();
        }
        for (int renewal = 1; renewal <= 2; renewal++) {
            clock.advance(Duration.ofDays(7));
            askForALink();
            PageToken renewed = newest();
            assertThat(press(renewed)).isEqualTo(refused(Refusal.ADDRESS_BY_MAIL));

            other.renewals.request(renewed);
            runBackground();

            assertThat(worker.usage.find(newest()).orElseThrow().mustConfirm()).isFalse();
        }
        assertThat(press(newest())).isInstanceOf(Result.Redirect.class);
    }

    private PageToken newest() {
        return new PageToken(
                token.key(), worker.uses.find(token.key()).renewals().size());
    }

    @Test
    void aClosedPageComparesNoAddress() {
        clock.set(PageBuilder.EXPIRES);

        assertThat(type(worker, RECIPIENT)).isEqualTo(refused(Refusal.EXPIRED));
        assertThat(worker.uses.find(token.key()).typedAddresses()).isZero();
    }
}
