package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTests {

    @Test
    void metricsAreFoundWithTheirLabelsAndFunctionsAreNot() {
        assertThat(Selector.in("sum by (queue, code) (increase(a_total{outcome=\"rejected\", code=~\"X|Y\"}[10m]))"
                        + " unless on (queue) max by (queue) (b) == 1 and c:d offset 9d > 0 or vector(0)"))
                .containsExactly(
                        new Selector(
                                "a_total",
                                List.of(
                                        new Selector.Matcher("outcome", "=", "rejected"),
                                        new Selector.Matcher("code", "=~", "X|Y"))),
                        new Selector("b", List.of()),
                        new Selector("c:d", List.of()));
    }

    @Test
    void labelsOfGroupsAndJoinsAreFound() {
        assertThat(Selector.groupedBy("max by (queue, kind) (a) unless on (name) b"))
                .containsExactlyInAnyOrder("queue", "kind", "name");
    }

    @Test
    void operandsHaveNoConditions() {
        assertThat(Selector.operands("absent(up{job=\"attache\"} == 1)")).containsExactly("(up{job=~\".+\"})");
        assertThat(Selector.operands("max(a{b=\"c\"}) > 0.5\n  and\nmin(d < +Inf) > -1 unless on (x) e == 1"))
                .containsExactly("max(a{b=~\".+\"})", "min(d)", "e");
    }
}
