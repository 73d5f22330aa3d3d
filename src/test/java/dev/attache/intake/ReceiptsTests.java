package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.UploadCompleted;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/** The mails about files that have arrived: the receipt for their sender, and who sent them, for those who wait. */
class ReceiptsTests extends ObjectCreatedTestBase {

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana", "pt-BR", "America/Sao_Paulo");

    @Test
    void thePersonWhoWasAskedGetsAReceiptWithoutLinks() {
        asked(upload -> upload.recipient(ANA).message(new MessageText("Your contract", "Please sign it.")));

        CloudEvent<LinkIssued> receipt = mails(Purpose.RECEIPT).getFirst();

        assertThat(receipt.data().recipient()).isEqualTo(ANA);
        assertThat(receipt.data().links()).isEmpty();
        assertThat(receipt.data().page()).isNull();
        assertThat(receipt.subject()).isEqualTo("s-1");
        ReceivedUpload received = receipt.data().received();
        assertThat(received.reference()).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(received.subject()).isEqualTo("Your contract");
        assertThat(received.files())
                .containsExactly(
                        new ReceivedUpload.File("my file.pdf", 500, "application/pdf", BucketInMemory.MODIFIED));
    }

    @Test
    void theMailToThoseWhoWaitNamesTheSenderAndHasTheSameReference() {
        asked(upload -> upload.recipient(ANA).message(new MessageText("Your contract", null)));

        CloudEvent<LinkIssued> arrival = mails(Purpose.ARRIVAL).getFirst();

        assertThat(arrival.data().received())
                .isEqualTo(mails(Purpose.RECEIPT).getFirst().data().received());
        assertThat(arrival.data().received().sender()).isEqualTo(ANA);
    }

    @Test
    void aRepeatedNotificationHasTheSameReceipt() {
        asked(upload -> upload.recipient(ANA));

        assertThat(mails(Purpose.RECEIPT)).isEqualTo(mails(Purpose.RECEIPT));
    }

    @Test
    void aReceiptIsSentAlsoIfNobodyWaits() {
        asked(upload -> upload.recipient(ANA).toNotify(List.of()));

        assertThat(mails(null)).extracting(it -> it.data().purpose()).containsExactly(Purpose.RECEIPT);
    }

    @Test
    void noReceiptIsSentIfTheRequestWantsNone() {
        asked(upload -> upload.terms(new UploadTerms(List.of("application/pdf"), 1000, null, null, null, null, false)));

        assertThat(mails(null)).extracting(it -> it.data().purpose()).containsExactly(Purpose.ARRIVAL);
    }

    @Test
    void noReceiptIsSentIfNobodyWasAsked() {
        asked(upload -> upload.recipient(null));

        assertThat(mails(null))
                .singleElement()
                .satisfies(mail -> assertThat(mail.data().received().sender()).isNull());
    }

    @Test
    void anUploadOfSeveralFilesHasOneReceiptWhenItIsComplete() {
        asked(upload -> upload.terms(new UploadTerms(List.of("application/pdf"), 1000, null, null, null, 1)));

        List<CloudEvent<LinkIssued>> receipts = mails(Purpose.RECEIPT);

        assertThat(receipts).hasSize(1);
        assertThat(receipts.getFirst().data().received().files()).hasSize(1);
        assertThat(ledger.find(ID).orElseThrow().completion().reason()).isEqualTo(UploadCompleted.Reason.MAX_FILES);
    }

    @Test
    void aFileOfAnUploadThatIsNotCompleteHasNoReceiptYet() {
        asked(upload -> upload.terms(new UploadTerms(List.of("application/pdf"), 1000, null, null, null, 2)));

        assertThat(mails(null)).isEmpty();
    }

    private void asked(UnaryOperator<UploadBuilder> change) {
        bucket.with(KEY, 500, "application/pdf", "e1");
        OpenUpload upload =
                change.apply(UploadBuilder.from(ledger.find(ID).orElseThrow())).build();
        ledger.uploads.put(ID, upload);
    }

    /** @param purpose null for all */
    private List<CloudEvent<LinkIssued>> mails(@Nullable Purpose purpose) {
        List<Message<byte[]>> messages = arrives(KEY, "e1", "0A");
        return messages.stream()
                .filter(message -> "link.issued".equals(message.getHeaders().get("type")))
                .map(this::issued)
                .filter(event -> purpose == null || event.data().purpose() == purpose)
                .toList();
    }
}
