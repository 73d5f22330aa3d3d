package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTests {

    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 8",
        "8388608, 1, 8",
        "8388609, 2, 8",
        "50000000, 6, 8",
        // 5 GB, the limit of a single PUT, and one byte more.
        "5368709120, 640, 8",
        "5368709121, 641, 8",
        // The most that 10,000 parts of 8 MiB can hold, and one byte more.
        "83886080000, 10000, 8",
        "83886080001, 8889, 9",
        // 5 TB.
        "5497558138880, 9987, 525"
    })
    void partsAreAsSmallAsTheirNumberAllows(long size, int count, long mebibytes) {
        PartPlan plan = PartPlan.of(size);

        assertThat(plan.count()).isEqualTo(count);
        assertThat(plan.partSize()).isEqualTo(mebibytes * MIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8_388_608, 8_388_609, 5_368_709_121L, 83_886_080_001L, 5L << 40})
    void partsHaveTheSizeOfTheFileTogetherAndLimitsOfS3(long size) {
        PartPlan plan = PartPlan.of(size);

        assertThat(LongStream.rangeClosed(1, plan.count()).map(number -> plan.size((int) number)))
                .allMatch(part -> part >= 1 && part <= 5L << 30)
                .hasSizeLessThanOrEqualTo(PartPlan.MOST_PARTS);
        assertThat(LongStream.rangeClosed(1, plan.count())
                        .map(number -> plan.size((int) number))
                        .sum())
                .isEqualTo(size);
        assertThat(LongStream.range(1, plan.count()).map(number -> plan.size((int) number)))
                .allMatch(part -> part >= 5 * MIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (5L << 40) + 1})
    void filesThatS3CannotStoreAreRefused(long size) {
        assertThatIllegalArgumentException().isThrownBy(() -> PartPlan.of(size)).withMessageContaining("" + size);
    }

    @Test
    void numbersBeginAtOne() {
        PartPlan plan = PartPlan.of(8 * MIB + 1);

        assertThat(plan.has(0)).isFalse();
        assertThat(plan.has(1)).isTrue();
        assertThat(plan.has(2)).isTrue();
        assertThat(plan.has(3)).isFalse();
    }
}
