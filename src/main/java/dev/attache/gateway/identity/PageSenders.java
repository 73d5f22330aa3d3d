package dev.attache.gateway.identity;

import dev.attache.contract.value.RejectedException;
import dev.attache.source.SourceIdentity;
import dev.attache.source.SourcePolicies;
import dev.attache.wording.DisplayText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Looks up how a source presents itself on pages. */
public final class PageSenders {

    private static final int NAME_LIMIT = 200;

    private final SourcePolicies policies;
    private final ColorSheets colors;

    public PageSenders(SourcePolicies policies, ColorSheets colors) {
        this.policies = policies;
        this.colors = colors;
    }

    /** The sender of a page; with the source's technical name only if it is no longer configured. */
    public PageSender of(String source) {
        SourceIdentity identity = identity(source);
        return new PageSender(
                DisplayText.line(identity.displayName(), NAME_LIMIT),
                text(identity.logo()),
                identity.color() == null ? null : colors.path(identity.color()),
                identity.contact() == null ? null : link(identity.contact()),
                text(identity.imprint()),
                text(identity.privacy()));
    }

    private SourceIdentity identity(String source) {
        try {
            return policies.require(source).identity();
        } catch (RejectedException removed) {
            return SourceIdentity.named(source);
        }
    }

    private static String link(String contact) {
        // A mail address may contain characters with a meaning in a URL (RFC 6068).
        return contact.contains("://")
                ? contact
                : "mailto:" + UriUtils.encode(contact, StandardCharsets.UTF_8).replace("%40", "@");
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }
}
