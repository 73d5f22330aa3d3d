package dev.attache.sandbox.pages;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as they are shown on a page: indented, and without what gives access to a file. The query of a signed URL, the
 * signature and the policy of a signed form, and the token in a page's address are replaced by an ellipsis.
 */
final class SecretFreeText {

    /** The longest text that is shown, in characters. */
    static final int MAX_CHARACTERS = 20_000;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Pattern SIGNED_QUERY = Pattern.compile("(?i)\\?[^\"\\s?]*x-amz-signature[^\"\\s]*");

    private static final Pattern FORM_FIELD = Pattern.compile(
            "(?i)(\"(?:policy|x-amz-signature|x-amz-credential|x-amz-security-token)\"\\s*:\\s*\")[^\"]*");

    /** The id of an upload page, and the token of a download page. The first characters tell two of them apart. */
    private static final Pattern PAGE_TOKEN = Pattern.compile("(/[ud]/[\\w-]{4})[\\w-]{12,}");

    private SecretFreeText() {}

    /** A text without secrets; indented if it is JSON. */
    static String of(String text) {
        var shown = PAGE_TOKEN
                .matcher(FORM_FIELD
                        .matcher(SIGNED_QUERY.matcher(indented(text)).replaceAll("?…"))
                        .replaceAll("$1…"))
                .replaceAll("$1…");
        return shown.length() <= MAX_CHARACTERS
                ? shown
                : shown.substring(0, MAX_CHARACTERS)
                        + "\n… %,d more characters".formatted(shown.length() - MAX_CHARACTERS);
    }

    /** The event in a message's body; a missing node if the body is not JSON. */
    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            return JSON.missingNode();
        }
    }

    private static String indented(String text) {
        var json = parsed(text);
        return json.isContainer() ? JSON.writeValueAsString(json) : text;
    }
}
