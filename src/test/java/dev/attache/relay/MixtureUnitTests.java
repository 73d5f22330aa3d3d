package dev.attache.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Fate;
import dev.attache.relay.behaviour.Fate.Accepted;
import dev.attache.relay.behaviour.Fate.AcceptedAfterRefusals;
import dev.attache.relay.behaviour.Fate.AcceptedAfterResetsBeforeData;
import dev.attache.relay.behaviour.Fate.AcceptedAfterResetsDuringData;
import dev.attache.relay.behaviour.Fate.Refused;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureUnitTests {

    private static final List<String> ADDRESSES =
            IntStream.range(0, 200).mapToObj(i -> "reader" + i + "@x").toList();

    @Test
    void theSeedAndTheAddressDecide() {
        var one = Behaviours.mixture(1);
        var same = Behaviours.mixture(1);
        var other = Behaviours.mixture(2);

        assertThat(ADDRESSES)
                .allSatisfy(address -> assertThat(one.fateOf(address)).isEqualTo(same.fateOf(address)))
                .anySatisfy(address -> assertThat(one.fateOf(address)).isNotEqualTo(other.fateOf(address)));
        assertThat(one.fateOf("Reader7@X")).isEqualTo(one.fateOf("reader7@x"));
    }

    @Test
    void everyKindOfFateOccurs() {
        var mixture = Behaviours.mixture(1);

        assertThat(ADDRESSES)
                .extracting(mixture::fateOf)
                .hasAtLeastOneElementOfType(Accepted.class)
                .hasAtLeastOneElementOfType(AcceptedAfterRefusals.class)
                .hasAtLeastOneElementOfType(AcceptedAfterResetsBeforeData.class)
                .hasAtLeastOneElementOfType(AcceptedAfterResetsDuringData.class)
                .hasAtLeastOneElementOfType(Refused.class);
    }

    @Test
    void theServerActsAccordingToTheFate() {
        var mixture = Behaviours.mixture(1);
        try (var server = new SmtpServer().behave(mixture)) {
            assertThat(ADDRESSES).allSatisfy(address -> {
                Fate fate = mixture.fateOf(address);
                switch (fate) {
                    case Accepted _ -> assertThat(failures(server, address)).isZero();
                    case AcceptedAfterRefusals refusals ->
                        assertThat(failures(server, address)).isEqualTo(refusals.refusals());
                    case AcceptedAfterResetsBeforeData resets ->
                        assertThat(failures(server, address)).isEqualTo(resets.resets());
                    case AcceptedAfterResetsDuringData resets ->
                        assertThat(failures(server, address)).isEqualTo(resets.resets());
                    case Refused refused ->
                        assertThat(oneMail(server, address))
                                .isEqualTo(refused.reply().rendered().strip());
                }
                assertThat(server.mailsTo(address)).hasSize(fate.acceptedInTheEnd() ? 1 : 0);
            });
        }
    }

    /** How often a mail has to be tried in vain before it is accepted; 10 at most. */
    private static long failures(SmtpServer server, String address) {
        return IntStream.range(0, 10).takeWhile(_ -> !accepted(server, address)).count();
    }

    private static boolean accepted(SmtpServer server, String address) {
        try {
            return oneMail(server, address).startsWith("250");
        } catch (IOException reset) {
            return false;
        }
    }

    private static String oneMail(SmtpServer server, String address) throws IOException {
        try (var client = RawClient.greeted(server)) {
            return client.mail(address);
        }
    }
}
