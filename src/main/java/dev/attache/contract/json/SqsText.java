package dev.attache.contract.json;

/** JSON as the text of a message of SQS or SNS. */
final class SqsText {

    private SqsText() {}

    /**
     * Escapes characters that are allowed in JSON, but not in messages of SQS and SNS ("SendMessage" allows #x9, #xA,
     * #xD, #x20 to #xD7FF, #xE000 to #xFFFD, #x10000 to #x10FFFF). For example, an object's key may contain them. They
     * occur only in JSON strings, where they can be escaped.
     */
    static String escaped(String json) {
        int first = 0;
        while (first < json.length() && !mustBeEscaped(json, first)) {
            first++;
        }
        if (first == json.length()) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16).append(json, 0, first);
        for (int i = first; i < json.length(); i++) {
            if (mustBeEscaped(json, i)) {
                escaped.append("\\u%04X".formatted((int) json.charAt(i)));
            } else {
                escaped.append(json.charAt(i));
            }
        }
        return escaped.toString();
    }

    /** Whether the character is an unpaired surrogate, U+FFFE or U+FFFF. */
    private static boolean mustBeEscaped(String text, int at) {
        char c = text.charAt(at);
        if (c < Character.MIN_SURROGATE) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c >= 0xFFFE;
    }
}
