package dev.attache.source;

import java.util.List;

/** The real policies, for tests in other rooms. */
public final class Configured {

    private Configured() {}

    public static SourcePolicies sources(SourcesProperties properties) {
        return new ConfiguredSources(properties, List.of("ledger/"));
    }
}
