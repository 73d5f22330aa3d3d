package dev.attache.source;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.ObjectKeys;
import dev.attache.storage.StorageSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies of all configured sources. */
public final class ConfiguredSources implements SourcePolicies {

    private final Map<String, ConfiguredSource> sources = new HashMap<>();

    /**
     * @param uploads how uploads of sources without settings of their own are stored
     * @param reserved key prefixes that no source may link to
     */
    public ConfiguredSources(SourcesProperties properties, StorageSettings uploads, List<String> reserved) {
        properties
                .sources()
                .forEach((name, settings) -> sources.put(
                        name, new ConfiguredSource(name, settings, properties.bucket(), uploads, reserved)));
    }

    @Override
    public SourcePolicy require(String source, @Nullable String senderId) {
        ConfiguredSource policy = configured(source);
        if (!policy.maySend(senderId)) {
            String sender = senderId == null ? "(unknown)" : ObjectKeys.quoted(senderId);
            throw new RejectedException(
                    RejectionCode.SOURCE_NOT_ALLOWED,
                    "Sender " + sender + " may not send events of source " + source + "; attache.sources." + source
                            + ".sender-ids lists the senders that may");
        }
        return policy;
    }

    @Override
    public SourcePolicy require(String source) {
        return configured(source);
    }

    private ConfiguredSource configured(String source) {
        ConfiguredSource policy = sources.get(source);
        if (policy == null) {
            throw new RejectedException(
                    RejectionCode.SOURCE_NOT_ALLOWED,
                    "Source " + ObjectKeys.quoted(source) + " is not configured; add it to attache.sources");
        }
        return policy;
    }
}
