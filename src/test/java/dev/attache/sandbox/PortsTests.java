package dev.attache.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTests {

    /** The worker binds its ports long after they were chosen. */
    @Test
    void portsThatWereChosenAndAreNotBoundYetAreNotChosenAgain() {
        var chosen = IntStream.range(0, 100).mapToObj(call -> Ports.random()).toList();

        assertThat(chosen.stream().flatMap(PortsTests::all)).hasSize(700).doesNotHaveDuplicates();
    }

    private static Stream<Integer> all(Ports ports) {
        return Stream.of(
                ports.sqs(), ports.s3(), ports.sns(), ports.smtp(), ports.imap(), ports.attache(), ports.management());
    }
}
