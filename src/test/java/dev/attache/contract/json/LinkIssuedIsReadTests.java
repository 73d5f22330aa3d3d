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
import java.time.Instant;
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

    private static LinkIssued read(String body) {
        return CODEC.read(bytes(body), EventType.LINK_ISSUED).data();
    }
}
