package dev.attache.gateway.download;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a download page: the button that was pressed, and the address if the page asks for one. The form is
 * parsed here because Spring would parse bodies of any size.
 *
 * @param item the index of the file
 * @param address the typed address; null if the form has no such field, or an empty one
 */
record DownloadForm(int item, @Nullable String address) {

    static final String ITEM = "item";

    static final String ADDRESS = "address";

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** Parses a URL-encoded form (URL Standard); empty if it is not one that the page sends. */
    static Optional<DownloadForm> parse(byte[] body) {
        String item = null;
        String address = null;
        try {
            for (String field : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
                int equals = field.indexOf('=');
                String name = decoded(equals < 0 ? field : field.substring(0, equals));
                String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
                switch (name) {
                    case ITEM -> item = value;
                    case ADDRESS -> address = value.strip();
                    default -> {
                        // Extensions of browsers add fields.
                    }
                }
            }
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return item == null || !INDEX.matcher(item).matches()
                ? Optional.empty()
                : Optional.of(new DownloadForm(
                        Integer.parseInt(item), address == null || address.isEmpty() ? null : address));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Omits the address, which is personal data. */
    @Override
    public String toString() {
        return "DownloadForm[item=" + item + "]";
    }
}
