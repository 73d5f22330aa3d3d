package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes file names that people chose safe to use. */
public final class FileNames {

    private static final String NAMELESS = "file";

    private static final int LONGEST_FOR_DISPLAY = 200;

    /** Encoded. The request's id has what is left of S3's 2 KB, see {@link RequestIds}. */
    static final int LONGEST_IN_METADATA = 1000;

    /** Longer than that, what follows the last dot is no extension. */
    private static final int LONGEST_EXTENSION = 16;

    /** Everything that could be a path to some system. */
    private static final Pattern PATH = Pattern.compile("(?s)^.*[/\\\\]");

    /**
     * Control (Cc), format (Cf: zero-width and bidirectional characters, the byte order mark, tags), unpaired
     * surrogates (Cs), private use (Co), unassigned and noncharacters (Cn: U+FFFF stands in no XML), line and paragraph
     * separators (Zl, Zp).
     */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private static final Pattern LEADING = Pattern.compile("^[. ]+");

    private static final Pattern TRAILING = Pattern.compile("[. ]+$");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final Pattern UNSAFE_IN_QUOTES = Pattern.compile("[^\\x20-\\x7E]|[\"\\\\/%]");

    private FileNames() {}

    /**
     * A name to show to people: path parts, control, zero-width and bidirectional formatting characters and whatever is
     * no character at all removed, at most 200 characters; never empty.
     */
    public static String forDisplay(String fileName) {
        String name = Normalizer.normalize(visible(fileName), Normalizer.Form.NFC);
        return name.isEmpty() ? NAMELESS : shortened(name, LONGEST_FOR_DISPLAY);
    }

    /**
     * The same, short enough for an object's metadata, which have 2 KB at most, beside any request id ("Working with
     * object metadata").
     */
    public static String forMetadata(String fileName) {
        String name = forDisplay(fileName);
        int longest = name.length();
        while (PercentEncoding.VISIBLE_ASCII.encode(name).length() > LONGEST_IN_METADATA) {
            longest -= 10;
            name = shortened(name, longest);
        }
        return name;
    }

    /** The name of an object that was given none: the last part of its key, as {@link #forDisplay} has it. */
    public static String ofKey(String key) {
        return forDisplay(key.substring(key.lastIndexOf('/') + 1));
    }

    /**
     * The value of a {@code Content-Disposition: attachment} header: an ASCII fallback and {@code filename*} (RFC
     * 6266). It is all printable ASCII, because S3 answers InvalidArgument to a signed link that asks for anything
     * else.
     */
    public static String attachmentDisposition(String fileName) {
        String name = forDisplay(fileName);
        // Some browsers decode percent signs in the fallback (RFC 6266, appendix D), so they go as well.
        String fallback = UNSAFE_IN_QUOTES.matcher(withoutMarks(name)).replaceAll("_");
        return "attachment; filename=\"" + fallback + "\"; filename*=UTF-8''"
                + PercentEncoding.EXTENDED_PARAMETER.encode(name);
    }

    private static String visible(String fileName) {
        if (isPlain(fileName)) {
            return fileName;
        }
        String name = INVISIBLE.matcher(PATH.matcher(fileName).replaceFirst("")).replaceAll("");
        return LEADING.matcher(SPACE.matcher(name).replaceAll(" "))
                .replaceFirst("")
                .stripTrailing();
    }

    /** Most names are: ASCII with nothing to remove, which is seen faster than searched for six times. */
    private static boolean isPlain(String name) {
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '/' || c == '\\' || (c == ' ' && before == ' ') || (i == 0 && c == '.')) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    private static String withoutMarks(String name) {
        return MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    }

    private static String shortened(String name, int longest) {
        if (name.length() <= longest) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int end = longest - extension.length();
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return TRAILING.matcher(name.substring(0, end)).replaceFirst("") + extension;
    }
}
