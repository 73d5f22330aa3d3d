package dev.attache.storage;

import dev.attache.encoding.InvisibleCharacters;
import dev.attache.encoding.PercentEncoding;
import dev.attache.encoding.WholeCharacters;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes file names from outside safe to show and to send. */
public final class FileNames {

    private static final String DEFAULT_NAME = "file";

    private static final int LONGEST_FOR_DISPLAY = 200;

    /** Of the encoded name. The request id gets the rest of S3's 2 KB, see {@link RequestIds}. */
    static final int LONGEST_IN_METADATA = 1000;

    /** With its dot. Longer text after the last dot is not an extension. */
    private static final int LONGEST_EXTENSION = 16;

    /** Everything up to the last separator of a path, on any operating system. */
    private static final Pattern PATH = Pattern.compile("(?s)^.*[/\\\\]");

    /** Private use (Co), unassigned and noncharacters (Cn: XML cannot contain U+FFFF). */
    private static final Pattern UNDEFINED = Pattern.compile("[\\p{Co}\\p{Cn}]");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private static final Pattern LEADING = Pattern.compile("^[. ]+");

    private static final Pattern TRAILING = Pattern.compile("[. ]+$");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final Pattern UNSAFE_IN_QUOTES = Pattern.compile("[^\\x20-\\x7E]|[\"\\\\/%]");

    private FileNames() {}

    /**
     * A name to show: without path, and without undefined characters and {@link InvisibleCharacters}. It has 1 to 200
     * characters.
     */
    public static String forDisplay(String fileName) {
        String name = Normalizer.normalize(visible(fileName), Normalizer.Form.NFC);
        return name.isEmpty() ? DEFAULT_NAME : shortened(name, LONGEST_FOR_DISPLAY);
    }

    /**
     * The name of {@link #forDisplay}, shortened so that it fits into the 2 KB of an object's metadata together with
     * any request id ("Working with object metadata").
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

    /** The name of an object without one: the last segment of its key, as by {@link #forDisplay}. */
    public static String ofKey(String key) {
        return forDisplay(key.substring(key.lastIndexOf('/') + 1));
    }

    /**
     * The value of a {@code Content-Disposition: attachment} header, with an ASCII fallback in {@code filename=} and
     * the full name in {@code filename*} (RFC 6266). It is printable ASCII: S3 refuses a signed link with other
     * characters in it ({@code InvalidArgument}). Spring's {@code ContentDisposition} cannot be used: its
     * {@code filename=} keeps letters of ISO 8859-1, percent signs and escaped quotes, and cannot be set apart from
     * {@code filename*}.
     */
    public static String attachmentDisposition(String fileName) {
        String name = forDisplay(fileName);
        // Some browsers decode percent signs in the fallback (RFC 6266, appendix D).
        String fallback = UNSAFE_IN_QUOTES.matcher(withoutMarks(name)).replaceAll("_");
        return "attachment; filename=\"" + fallback + "\"; filename*=UTF-8''"
                + PercentEncoding.EXTENDED_PARAMETER.encode(name);
    }

    private static String visible(String fileName) {
        if (isPlain(fileName)) {
            return fileName;
        }
        String name = InvisibleCharacters.removedFrom(
                UNDEFINED.matcher(PATH.matcher(fileName).replaceFirst("")).replaceAll(""));
        return LEADING.matcher(SPACE.matcher(name).replaceAll(" "))
                .replaceFirst("")
                .stripTrailing();
    }

    /** Whether the name is ASCII with nothing to remove, as most are: one loop instead of six regular expressions. */
    private static boolean isPlain(String name) {
        char previous = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '/' || c == '\\' || (c == ' ' && previous == ' ') || (i == 0 && c == '.')) {
                return false;
            }
            previous = c;
        }
        return previous != ' ';
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
        String start = WholeCharacters.start(name, longest - extension.length());
        return TRAILING.matcher(start).replaceFirst("") + extension;
    }
}
