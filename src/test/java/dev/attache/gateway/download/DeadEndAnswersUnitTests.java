package dev.attache.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.keys.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What an answer tells to those who may not know it: status, headers and body are compared byte for byte. */
class DeadEndAnswersUnitTests {

    private static final String GENUINE = DownloadPageFixture.TOKEN;

    /** The states of a page, as far as its holder can see them. */
    private static final List<Consumer<DownloadPageFixture>> STATES = List.of(
            it -> it.show(new State.Expired(DownloadPageFixture.EXPIRY), true),
            it -> it.show(new State.Expired(DownloadPageFixture.EXPIRY), false),
            it -> it.show(new State.Expired(DownloadPageFixture.NOW), false),
            it -> it.show(new State.Revoked(DownloadPageFixture.NOW)),
            it -> it.show(new State.Exhausted()),
            it -> it.show(new State.Open(DownloadPageFixture.EXPIRY)));

    private record Answer(int status, String headers, String body) {}

    private static Answer answer(Consumer<DownloadPageFixture> state, MockHttpServletRequestBuilder request)
            throws Exception {
        DownloadPageFixture fixture = new DownloadPageFixture().files(2);
        state.accept(fixture);
        MockHttpServletResponse response = fixture.browser()
                .perform(request.header("Accept-Language", "en"))
                .andReturn()
                .getResponse();
        String headers = response.getHeaderNames().stream()
                .collect(Collectors.toMap(name -> name, response::getHeaders, (one, other) -> one, TreeMap::new))
                .toString();
        return new Answer(response.getStatus(), headers, response.getContentAsString());
    }

    private static MockHttpServletRequestBuilder press(String token) {
        return post("/d/" + token)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .content("item=0");
    }

    /** Tokens that this worker did not issue, and one of a page that does not exist. */
    private static List<String> forged() {
        List<String> forged = new ArrayList<>();
        char last = GENUINE.charAt(GENUINE.length() - 1);
        forged.add(GENUINE.substring(0, GENUINE.length() - 1) + (char) (last + 1));
        forged.add((GENUINE.charAt(0) == 'A' ? 'B' : 'A') + GENUINE.substring(1));
        forged.add(GENUINE.substring(1));
        forged.add(GENUINE + "A");
        forged.add("A".repeat(67));
        forged.add("x");
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        forged.add(new PageTokens(Keys.of(List.of(new Keys.Key("test", otherKey))))
                .token(new DeliveryKey(1, 2, UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d")), 0));
        return forged;
    }

    @Test
    void aRequestForANewLinkHasTheSameAnswerInEveryStateOfThePage() throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (Consumer<DownloadPageFixture> state : STATES) {
            answers.add(answer(state, post("/d/" + GENUINE + "/renew")));
        }

        assertThat(answers.getFirst().status()).isEqualTo(200);
        assertThat(answers.getFirst().body()).contains("Check your email");
        assertThat(answers).containsOnly(answers.getFirst());
    }

    @Test
    void aForgedTokenHasTheSameAnswerAsAnUnknownOneInEveryStateOfThePage() throws Exception {
        Answer unknown = answer(it -> {}, get("/d/" + "B".repeat(67)));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("We do not know this link").doesNotContain("Acme");

        for (Consumer<DownloadPageFixture> state : STATES) {
            for (String token : forged()) {
                for (MockHttpServletRequestBuilder request : List.of(
                        get("/d/" + token),
                        press(token),
                        get("/d/" + token + "/renew"),
                        post("/d/" + token + "/renew"))) {
                    assertThat(answer(state, request)).as(token).isEqualTo(unknown);
                }
                assertThat(answer(state, head("/d/" + token)).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void theHolderOfAGenuineTokenLearnsWhichDeadEndItIs() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (Consumer<DownloadPageFixture> state : STATES) {
            bodies.add(answer(state, get("/d/" + GENUINE)).body());
        }
        bodies.add(answer(it -> it.downloads.view = null, get("/d/" + GENUINE)).body());

        assertThat(bodies).doesNotHaveDuplicates();
    }
}
