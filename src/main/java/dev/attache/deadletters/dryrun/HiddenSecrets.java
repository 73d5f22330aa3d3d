package dev.attache.deadletters.dryrun;

import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.UnescapedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message without its secrets, which are signed URLs, the fields of signed forms and the addresses of pages.
 * Placeholders stand for them. The text need not be valid JSON.
 *
 * @param text the text with the placeholders
 * @param secrets what the placeholders stand for, in their order; for a JSON string with its quotes
 */
record HiddenSecrets(String text, List<String> secrets) {

    private static final String PLACEHOLDER = "attache-hidden-";

    /** A JSON string, or what looks like a URL outside of one. */
    private static final Pattern CANDIDATE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|https?://[^\\s\"]++");

    private static final Pattern SECRET = Pattern.compile(
            "x-amz-(signature|credential|security-token)|%s[A-Za-z0-9_-]{%d}|%s[0-9a-f]{32}"
                    .formatted(PagePaths.DOWNLOAD, PagePaths.TOKEN_LENGTH, PagePaths.UPLOAD),
            Pattern.CASE_INSENSITIVE);

    /** The fields of a signed form that are secret (Amazon S3 API Reference, "POST Object"). */
    private static final Set<String> SECRET_FIELDS =
            Set.of("policy", "x-amz-signature", "x-amz-credential", "x-amz-security-token");

    private static final Pattern HIDDEN =
            Pattern.compile("\"" + PLACEHOLDER + "(\\d{1,4})\"|" + PLACEHOLDER + "(\\d+)");

    HiddenSecrets {
        secrets = List.copyOf(secrets);
    }

    static HiddenSecrets in(String body) {
        List<String> secrets = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher candidates = CANDIDATE.matcher(body);
        String previous = "";
        while (candidates.find()) {
            String candidate = candidates.group();
            boolean isName = followedByColon(body, candidates.end());
            String content = UnescapedText.of(candidate).text();
            if (!isName && (SECRET.matcher(content).find() || SECRET_FIELDS.contains(previous))) {
                secrets.add(candidate);
                String placeholder = PLACEHOLDER + secrets.size();
                candidates.appendReplacement(
                        text, candidate.startsWith("\"") ? "\"" + placeholder + "\"" : placeholder);
            }
            previous = isName ? content.replace("\"", "").toLowerCase(Locale.ROOT) : "";
        }
        candidates.appendTail(text);
        return new HiddenSecrets(text.toString(), secrets);
    }

    /**
     * The edited text with the secrets instead of their placeholders.
     *
     * @throws RejectedException {@code CONTRACT_VIOLATION} if a placeholder stands for nothing, or is only a part of a
     *     JSON string
     */
    String restored(String edited) {
        return HIDDEN.matcher(edited).replaceAll(found -> Matcher.quoteReplacement(secret(found)));
    }

    private String secret(MatchResult found) {
        boolean quoted = found.group(1) != null;
        String number = quoted ? found.group(1) : found.group(2);
        int index = number.length() > 4 ? -1 : Integer.parseInt(number) - 1;
        if (index < 0 || index >= secrets.size() || secrets.get(index).startsWith("\"") != quoted) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    PLACEHOLDER + number + " must stand for the whole of a hidden text of this letter");
        }
        return secrets.get(index);
    }

    private static boolean followedByColon(String body, int end) {
        int next = end;
        while (next < body.length() && Character.isWhitespace(body.charAt(next))) {
            next++;
        }
        return next < body.length() && body.charAt(next) == ':';
    }
}
