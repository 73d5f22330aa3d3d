package dev.attache.deadletters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what gives access to a file or a page with an ellipsis: the query of a signed URL, the signature and the
 * policy of a signed form, the id or the token in the address of a page, the token of an SNS subscription. JSON within
 * a JSON string and escaped characters are recognized; data in base64 are replaced as a whole.
 */
final class SecretMask {

    /** Also recognized if the text ends within the query: {@code X-Amz-Algorithm} is its first parameter. */
    private static final String SIGNED_QUERY =
            "\\?([^\"'\\s<>?]*?(?:x-amz-|signature=|key-pair-id=|token=)[^\"'\\s<>]*)";

    private static final String SECRET_FIELD =
            "\"(?:policy|token|data_base64|x-amz-signature|x-amz-credential|x-amz-security-token)\"\\s*:\\s*\"([^\"]*)";

    /** The first characters tell two pages apart. */
    private static final String PAGE = "/[ud]/[\\w-]{4}([\\w-]{12,})";

    /** Each alternative has one group: what is replaced. */
    private static final Pattern SECRET =
            Pattern.compile(String.join("|", SIGNED_QUERY, SECRET_FIELD, PAGE), Pattern.CASE_INSENSITIVE);

    private SecretMask() {}

    static String hide(String text) {
        UnescapedText plain = UnescapedText.of(text);
        Matcher secrets = SECRET.matcher(plain.text());
        StringBuilder shown = new StringBuilder();
        int end = 0;
        while (secrets.find()) {
            int group = matchedGroup(secrets);
            shown.append(text, end, plain.origin(secrets.start(group))).append('…');
            end = plain.origin(secrets.end(group));
        }
        return shown.append(text, end, text.length()).toString();
    }

    private static int matchedGroup(Matcher secrets) {
        int group = 1;
        while (secrets.start(group) < 0) {
            group++;
        }
        return group;
    }
}
