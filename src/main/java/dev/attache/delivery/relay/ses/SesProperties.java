package dev.attache.delivery.relay.ses;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of Amazon SES.
 *
 * @param configurationSet the name of the configuration set of all mails; null for that of the sender's identity
 */
@ConfigurationProperties("attache.mail.ses")
record SesProperties(@Nullable String configurationSet) {

    /** Amazon SES API v2 Reference, "CreateConfigurationSet". */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    SesProperties {
        if (configurationSet != null && configurationSet.isBlank()) {
            configurationSet = null;
        }
        if (configurationSet != null && !NAME.matcher(configurationSet).matches()) {
            throw new IllegalArgumentException(("attache.mail.ses.configuration-set is '%s', but must be the name of a "
                            + "configuration set: letters, digits, - and _, at most 64")
                    .formatted(configurationSet));
        }
    }
}
