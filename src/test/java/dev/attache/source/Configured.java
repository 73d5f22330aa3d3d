package dev.attache.source;

import dev.attache.storage.StorageSettings;
import java.util.List;

/** Creates the real policies for tests in other packages. */
public final class Configured {

    private Configured() {}

    public static SourcePolicies sources(SourcesProperties properties) {
        return new ConfiguredSources(properties, StorageSettings.NONE, List.of("ledger/"));
    }
}
