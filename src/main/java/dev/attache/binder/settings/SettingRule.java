package dev.attache.binder.settings;

import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A setting of Spring Cloud Stream that the binder refuses.
 *
 * @param property its name below that of the binding, such as {@code consumer.concurrency}
 * @param refused whether a binding is refused, by its properties and by whether the setting is written
 * @param why a sentence without its beginning, with {@code %s} for the name of the binding
 */
record SettingRule<P>(String property, BiPredicate<P, Boolean> refused, String why) {

    /** A setting that is refused wherever it is written, even with its default value. */
    static <P> SettingRule<P> ifWritten(String property, String why) {
        return new SettingRule<>(property, (properties, written) -> written, why);
    }

    /** @param written the full name under which the setting is written; empty if it is not */
    void check(String binding, P properties, Optional<String> written) {
        if (refused.test(properties, written.isPresent())) {
            throw new UnsupportedSettingException(
                    written.orElseGet(() -> ConfiguredSettings.fullName(binding, property)) + " is set, but "
                            + why.replace("%s", binding));
        }
    }
}
