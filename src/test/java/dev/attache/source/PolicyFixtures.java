package dev.attache.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.StorageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.util.unit.DataSize;

/**
 * Three sources: {@code crm} is pinned to a sender, {@code people} has a folder for each subject, and the prefixes of
 * {@code greedy} include reserved ones.
 */
final class PolicyFixtures {

    private PolicyFixtures() {}

    static SourcePolicies policies() {
        return new ConfiguredSources(
                new SourcesProperties(
                        "attachments",
                        Map.of(
                                "crm",
                                        source(
                                                List.of("AROAEXAMPLE"),
                                                List.of("downloads/crm/"),
                                                List.of("application/pdf", "image/*")),
                                "people",
                                        source(
                                                List.of(),
                                                List.of("downloads/people/{subject}/", "downloads/all/"),
                                                List.of()),
                                "greedy",
                                        source(List.of(), List.of("ledger/", "book/", "downloads/"), List.of("*/*")))),
                StorageSettings.NONE,
                List.of("ledger/", "book/"));
    }

    /** A source that may ask for PDFs of this size. */
    static SourcePolicy upTo(DataSize maxSize) {
        SourcesProperties.Source source = source(List.of(), List.of(), List.of("application/pdf"), maxSize);
        return new ConfiguredSources(
                        new SourcesProperties("attachments", Map.of("crm", source)), StorageSettings.NONE, List.of())
                .require("crm");
    }

    private static SourcesProperties.Source source(
            List<String> senderIds, List<String> prefixes, List<String> contentTypes) {
        return source(senderIds, prefixes, contentTypes, DataSize.ofBytes(1024));
    }

    private static SourcesProperties.Source source(
            List<String> senderIds, List<String> prefixes, List<String> contentTypes, DataSize maxSize) {
        return new SourcesProperties.Source(
                null,
                senderIds,
                List.of(),
                null,
                prefixes,
                contentTypes,
                maxSize,
                Duration.ofMinutes(1),
                null,
                Duration.ofDays(7),
                null,
                null,
                1000,
                false,
                null,
                Duration.ofDays(7),
                0,
                SourcesProperties.Identity.NONE,
                StorageSettings.NONE);
    }

    static RejectedException rejected(RejectionCode code, ThrowingCallable call) {
        RejectedException[] caught = new RejectedException[1];
        assertThatExceptionOfType(RejectedException.class).isThrownBy(call).satisfies(it -> {
            assertThat(it.code()).isEqualTo(code);
            caught[0] = it;
        });
        return caught[0];
    }
}
