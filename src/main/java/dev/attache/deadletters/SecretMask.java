package dev.attache.deadletters;

import java.util.regex.Pattern;

/**
 * Replaces what gives access to a file or a page with an ellipsis: the query of a signed URL, the signature and the
 * policy of a signed form, the id or the token in the address of a page, the token of an SNS subscription. JSON within
 * a JSON string is recognized; data in base64 are replaced as a whole.
 */
final class SecretMask {

    /** Also recognized if the text ends within the query: {@code X-Amz-Algorithm} is its first parameter. */
    private static final Pattern SIGNED_QUERY =
            Pattern.compile("(?i)\\?[^\"'\\s<>?]*?(?:x-amz-|signature=|key-pair-id=|token=)[^\"'\\s<>]*");

    private static final Pattern SECRET_FIELD =
            Pattern.compile("(?i)(\\\\*\"(?:policy|token|data_base64|x-amz-signature|x-amz-credential"
                    + "|x-amz-security-token)\\\\*\"\\s*:\\s*\\\\*\")[^\"]*");

    /** The first characters tell two pages apart. */
    private static final Pattern PAGE = Pattern.compile("(\\\\?/[ud]\\\\?/[\\w-]{4})[\\w-]{12,}");

    private SecretMask() {}

    static String hide(String text) {
        String withoutQueries = SIGNED_QUERY.matcher(text).replaceAll("?…");
        String withoutFields = SECRET_FIELD.matcher(withoutQueries).replaceAll("$1…");
        return PAGE.matcher(withoutFields).replaceAll("$1…");
    }
}
