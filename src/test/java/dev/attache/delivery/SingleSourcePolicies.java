package dev.attache.delivery;

import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import org.jspecify.annotations.Nullable;

/** The policies of one source. */
record SingleSourcePolicies(SourcePolicy policy) implements SourcePolicies {

    @Override
    public SourcePolicy require(String source, @Nullable String senderId) {
        return require(source);
    }

    @Override
    public SourcePolicy require(String source) {
        return policy;
    }
}
