package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code link.issued} of this release and of earlier ones. */
class LinkIssuedIsReadTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    private static final String DIRECT = """
        {"specversion":"1.0","id":"1","source":"shop","type":"link.issued","time":"2026-11-21T09:00:00Z",
         "data":{"requestId":"7","channel":"email","purpose":"purchase","recipient":{"address":"ana@example.com"},
          "links":[{"rel":"download","method":"GET","url":"https://s3.example/a","headers":{},"fields":{},
           "fileName":"a.pdf","expiresAt":"2026-11-22T09:00:00Z"}],"issuedAt":"2026-11-21T09:00:00Z",
          "order":{"orderId":"1001","purchasedAt":"2026-11-21T08:59:00Z"}}}\
        """;

    @Test
    void orderOfAMailWithDirectLinksIsRead() {
        assertThat(read(DIRECT).order())
                .isEqualTo(new DownloadPage.Order("1001", Instant.parse("2026-11-21T08:59:00Z")));
    }

    @Test
    void eventOfAnEarlierReleaseHasNoOrder() {
        assertThat(read(without(DIRECT, "/data/order")).order()).isNull();
    }

    @Test
    void fileNameThatEarlierReleasesAcceptedIsRead() {
        assertThat(read(with(DIRECT, "/data/links/0/fileName", "\" \""))
                        .links()
                        .getFirst()
                        .fileName())
                .isEqualTo(" ");
    }

    @Test
    void eventForAProgramHasNoOrder() {
        assertThat(rejection(bytes(with(DIRECT, "/data/channel", "\"event\"")), EventType.LINK_ISSUED)
                        .detail())
                .isEqualTo("$.data.order must be absent here");
    }

    private static final String RECEIPT = """
        {"specversion":"1.0","id":"1","source":"crm","type":"link.issued","time":"2026-11-21T09:00:00Z",
         "data":{"requestId":"7","channel":"email","purpose":"receipt","recipient":{"address":"ana@example.com"},
          "links":[],"issuedAt":"2026-11-21T09:00:00Z",
          "received":{"reference":"7K3M-9QXT","subject":"Your contract","sender":{"address":"ana@example.com"},
           "files":[{"fileName":"a.pdf","contentLength":7,"contentType":"application/pdf",
            "receivedAt":"2026-11-21T08:59:00Z"}]}}}\
        """;

    @Test
    void receiptWithoutLinksIsRead() {
        LinkIssued receipt = read(RECEIPT);

        assertThat(receipt.purpose()).isEqualTo(LinkIssued.Purpose.RECEIPT);
        assertThat(receipt.links()).isEmpty();
        assertThat(receipt.received())
                .isEqualTo(new ReceivedUpload(
                        "7K3M-9QXT",
                        "Your contract",
                        new Recipient("ana@example.com"),
                        List.of(new ReceivedUpload.File(
                                "a.pdf", 7, "application/pdf", Instant.parse("2026-11-21T08:59:00Z")))));
    }

    @Test
    void onlyAReceiptMayHaveNoLinks() {
        assertThat(rejection(bytes(with(DIRECT, "/data/links", "[]")), EventType.LINK_ISSUED)
                        .detail())
                .startsWith("$.data.links");
    }

    @Test
    void receiptMustStateWhatWasReceivedAndHaveNoLink() {
        assertThat(rejection(bytes(without(RECEIPT, "/data/received")), EventType.LINK_ISSUED)
                        .detail())
                .contains("received");
        String link = EventFixtures.MAPPER.readTree(DIRECT).at("/data/links").toString();
        assertThat(rejection(bytes(with(RECEIPT, "/data/links", link)), EventType.LINK_ISSUED)
                        .detail())
                .startsWith("$.data.links");
    }

    @Test
    void arrivalOfAnEarlierReleaseStatesNothingThatWasReceived() {
        assertThat(read(with(without(DIRECT, "/data/order"), "/data/purpose", "\"arrival\""))
                        .received())
                .isNull();
    }

    private static LinkIssued read(String body) {
        return CODEC.read(bytes(body), EventType.LINK_ISSUED).data();
    }
}
