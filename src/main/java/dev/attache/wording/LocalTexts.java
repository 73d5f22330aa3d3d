package dev.attache.wording;

import java.text.Bidi;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * A message source whose texts follow the spelling and typography of the reader's region. Arguments are not changed,
 * except that arguments in Arabic, Hebrew and other scripts written from right to left are isolated, so that they do
 * not reorder the text around them.
 */
final class LocalTexts extends ResourceBundleMessageSource {

    /** The narrow no-break space is shown as a box by many mail programs. */
    private static final String NO_BREAK_SPACE = "\u00a0";

    private static final Pattern SPACE_BEFORE_SIGN = Pattern.compile(" (?=[;:!?»])");

    private static final Pattern SPACE_IN_FRANCE_ONLY = Pattern.compile(" (?=[;!?])");

    LocalTexts(String... baseNames) {
        setBasenames(baseNames);
        setDefaultEncoding("UTF-8");
        // Missing translations fall back to English, not to the default locale of the JVM.
        setFallbackToSystemLocale(false);
    }

    @Override
    protected ResourceBundle doGetBundle(String baseName, Locale locale) {
        ResourceBundle bundle = super.doGetBundle(baseName, locale);
        return switch (locale.toLanguageTag()) {
            case "de-CH", "de-LI" -> new ChangedBundle(bundle, LocalTexts::swissGerman);
            case "fr-CA" -> new ChangedBundle(bundle, LocalTexts::canadianFrench);
            case "fr", "fr-FR", "fr-BE", "fr-CH", "fr-LU" -> new ChangedBundle(bundle, LocalTexts::french);
            default -> bundle;
        };
    }

    @Override
    protected Object[] resolveArguments(Object @Nullable [] arguments, @Nullable Locale locale) {
        return Stream.of(super.resolveArguments(arguments, locale))
                .map(LocalTexts::isolated)
                .toArray();
    }

    /** Swiss spelling has no ß, and other quotation marks; the same holds for Liechtenstein. */
    private static String swissGerman(String text) {
        return text.replace("ß", "ss").replace('„', '«').replace('“', '»');
    }

    /** A line must not end before these signs, nor after an opening quotation mark. */
    private static String french(String text) {
        return SPACE_BEFORE_SIGN.matcher(text).replaceAll(NO_BREAK_SPACE).replace("« ", "«" + NO_BREAK_SPACE);
    }

    /** In Canada, only colons and quotation marks have a space, and a mail is a {@code courriel}. */
    private static String canadianFrench(String text) {
        return french(SPACE_IN_FRANCE_ONLY.matcher(text).replaceAll(""))
                .replace("l’e-mail", "le courriel")
                .replace("e-mail", "courriel");
    }

    /**
     * Unicode Standard Annex #9: a first strong isolate, and its end. The left-to-right mark before it gives the whole
     * text its direction if it begins with the argument, because all texts are in languages written from left to right.
     */
    private static Object isolated(Object argument) {
        return argument instanceof String text && Bidi.requiresBidi(text.toCharArray(), 0, text.length())
                ? "\u200e\u2068" + text + "\u2069"
                : argument;
    }

    /** A bundle with all texts changed in the same way. */
    private static final class ChangedBundle extends ResourceBundle {

        private final ResourceBundle original;

        private final UnaryOperator<String> change;

        ChangedBundle(ResourceBundle original, UnaryOperator<String> change) {
            this.original = original;
            this.change = change;
        }

        @Override
        protected @Nullable Object handleGetObject(String key) {
            try {
                return change.apply(original.getString(key));
            } catch (MissingResourceException e) {
                return null;
            }
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(original.keySet());
        }
    }
}
