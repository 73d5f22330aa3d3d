package dev.attache.contract.value;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object in S3. The key is not URL-encoded. */
public record ObjectRef(String bucket, String key, @Nullable String versionId) {

    /** The length at which the text is truncated. Keys of S3 have at most 1,024 bytes. */
    private static final int SHOWN = 1100;

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    /** For logs. Replaces line ends and other invisible characters, which keys may contain. */
    @Override
    public String toString() {
        String text = "s3://" + bucket + "/" + key + (versionId == null ? "" : "?versionId=" + versionId);
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return INVISIBLE.matcher(shown).replaceAll("?");
    }
}
