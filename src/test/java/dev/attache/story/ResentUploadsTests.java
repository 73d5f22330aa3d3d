package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.UploadBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

class ResentUploadsTests extends StoryTestBase {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final Duration DAY = Duration.ofDays(1);

    private final ValidatingEventCodec codec = new ValidatingEventCodec();

    private final List<Message<byte[]>> published = new ArrayList<>();

    private final ResentUploads resent = new ResentUploads(
            uploads, timeline, new EventMessages(codec), published::add, "https://attache.example/u/", clock);

    private void open() {
        uploads.open(UploadBuilder.upload(ID, ISSUED, ISSUED.plus(DAY))
                .recipient(new Recipient(ANA))
                .build());
    }

    private CloudEvent<LinkIssued> mail(int number) {
        return codec.read(published.get(number).getPayload(), EventType.LINK_ISSUED);
    }

    @Test
    void theMailLeadsToThePageOfTheFirstOne() {
        open();

        assertThat(resent.resend(ID, 1)).isEmpty();

        assertThat(EventMessages.binding(published.getFirst())).isEqualTo("deliveries");
        assertThat(mail(0).data().purpose()).isEqualTo(LinkIssued.Purpose.UPLOAD);
        assertThat(mail(0).data().recipient()).isEqualTo(new Recipient(ANA));
        assertThat(mail(0).data().links().getFirst().url().reveal())
                .isEqualTo("https://attache.example/u/" + "a".repeat(32));
        assertThat(mail(0).data().links().getFirst().expiresAt()).isEqualTo(ISSUED.plus(DAY));
    }

    @Test
    void aFormThatIsSentTwiceLeadsToOneMail() {
        open();
        resent.resend(ID, 1);
        resent.resend(ID, 1);
        assertThat(mail(0).id()).isEqualTo(mail(1).id());

        claims.claim(mail(0).id()).sent(ACCEPTED);

        assertThat(stories.upload(ID)).map(UploadStory::resent).hasValue(1);
        assertThat(resent.resend(ID, 2)).isEmpty();
        assertThat(mail(2).id()).isNotEqualTo(mail(0).id());
        assertThat(resent.resend(ID, 4)).isPresent();
    }

    @Test
    void noMailLeadsToAnUploadThatHasEnded() {
        open();
        clock.set(ISSUED.plus(DAY));

        assertThat(resent.resend(ID, 1)).hasValue("The upload has expired. Extend it first");
        assertThat(resent.resend(UUID.randomUUID(), 1)).isPresent();
        assertThat(published).isEmpty();
    }
}
