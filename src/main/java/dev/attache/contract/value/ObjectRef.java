package dev.attache.contract.value;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Coordinates of an object in S3. The key is not URL-encoded. */
public record ObjectRef(String bucket, String key, @Nullable String versionId) {

    /** What is longer than any key is cut off; S3's own have 1,024 bytes at most. */
    private static final int SHOWN = 1100;

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    /** For logs and operators: a key may hold line ends and worse, and whoever uploads may choose it. */
    @Override
    public String toString() {
        String text = "s3://" + bucket + "/" + key + (versionId == null ? "" : "?versionId=" + versionId);
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return INVISIBLE.matcher(shown).replaceAll("?");
    }
}
