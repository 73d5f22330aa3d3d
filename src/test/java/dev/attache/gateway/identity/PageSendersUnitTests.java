package dev.attache.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.gateway.OneSource;
import dev.attache.source.SourceIdentity;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class PageSendersUnitTests {

    private final OneSource source = new OneSource();
    private final ColorSheets colors = new ColorSheets(List.of("#0f766e", "#7a7a7a"));
    private final PageSenders senders = new PageSenders(source, colors);

    private PageSender sender(String contact, String color) {
        source.identity = new SourceIdentity(
                "Acme\u202e\nLegal",
                contact,
                null,
                null,
                URI.create("https://cdn.acme.example/logo.svg"),
                color,
                URI.create("https://acme.example/imprint"),
                URI.create("https://acme.example/privacy"));
        return senders.of("crm");
    }

    @Test
    void theIdentityIsShown() {
        assertThat(sender("https://acme.example/help", "#0f766e"))
                .isEqualTo(new PageSender(
                        "Acme Legal",
                        "https://cdn.acme.example/logo.svg",
                        "/colors/0f766e.css",
                        "https://acme.example/help",
                        "https://acme.example/imprint",
                        "https://acme.example/privacy"));
    }

    @ParameterizedTest
    @CsvSource({
        "help@acme.example,mailto:help@acme.example",
        "a+b@acme.example,mailto:a%2Bb@acme.example",
        "what?subject=x&cc@acme.example,mailto:what%3Fsubject%3Dx%26cc@acme.example"
    })
    void aMailAddressBecomesAMailtoLink(String contact, String link) {
        assertThat(sender(contact, "#0f766e").contact()).isEqualTo(link);
    }

    @Test
    void aColourWithoutSufficientContrastHasNoStyleSheet() {
        assertThat(sender("help@acme.example", "#7a7a7a").styleSheet()).isNull();
    }

    @Test
    void aSourceThatIsNoLongerConfiguredHasItsTechnicalName() {
        source.configured = false;

        assertThat(senders.of("crm")).isEqualTo(new PageSender("crm", null, null, null, null, null));
    }

    @Test
    void onlyConfiguredColoursHaveAStyleSheet() throws Exception {
        MockMvc server = MockMvcBuilders.standaloneSetup(new ColorSheetController(colors))
                .build();

        MockHttpServletResponse found = server.perform(MockMvcRequestBuilders.get("/assets/colors/0f766e.css"))
                .andReturn()
                .getResponse();
        assertThat(found.getContentType()).isEqualTo("text/css;charset=UTF-8");
        assertThat(found.getContentAsString()).contains("--accent: #0f766e");
        for (String other : List.of("7a7a7a", "123456", "xyz", "0F766E")) {
            assertThat(server.perform(MockMvcRequestBuilders.get("/assets/colors/" + other + ".css"))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @Test
    void theOriginsOfLogosContainNoPath() {
        assertThat(LogoOrigins.of(List.of(
                                URI.create("https://cdn.acme.example/logo.svg"),
                                URI.create("https://cdn.acme.example/other.png?x"),
                                URI.create("https://img.example:8443/a")))
                        .origins())
                .containsExactly("https://cdn.acme.example", "https://img.example:8443");
    }
}
