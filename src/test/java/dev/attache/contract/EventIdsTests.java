package dev.attache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The expected ids were computed with Python's {@code hashlib} and {@code struct}, from the construction's description.
 */
class EventIdsTests {

    @Test
    void idsEqualThoseOfAnIndependentImplementation() {
        assertThat(EventIds.derive("crm", "7c1f")).hasToString("41f88a95-0b4c-5104-baf4-4aed6769900c");
        assertThat(EventIds.derive("crm", "7c1f", "link", "ana@example.com"))
                .hasToString("40e5def2-4268-5744-9ba3-27c6e8a63a15");
        assertThat(EventIds.derive("crm", "", "x")).hasToString("11299fff-c8d3-5868-a0c0-354f6b4338df");
        assertThat(EventIds.derive("größe", "日本", "🙂")).hasToString("b76d08d6-81bd-5b92-9403-6919e3d733d2");
        assertThat(EventIds.derive("a".repeat(300), "b")).hasToString("1745b5f8-b408-509d-b9bf-ae2ee7072573");
    }

    @Test
    void idsHaveVersion5AndTheVariantOfRfc9562() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            UUID id = EventIds.derive("crm", Long.toString(random.nextLong()), "link");

            assertThat(id.version()).isEqualTo(5);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void differentPartsGiveDifferentIds() {
        Set<UUID> ids = new HashSet<>();

        ids.add(EventIds.derive("ab", "c"));
        ids.add(EventIds.derive("a", "bc"));
        ids.add(EventIds.derive("a", "b", "c"));
        ids.add(EventIds.derive("a", "", "bc"));
        ids.add(EventIds.derive("a", "bc", ""));

        assertThat(ids).hasSize(5);
    }
}
