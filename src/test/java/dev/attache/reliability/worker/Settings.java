package dev.attache.reliability.worker;

import java.time.Duration;

/**
 * The length of a test run: short by default, longer with {@code -Pcrash}. The build passes the values as system
 * properties.
 */
public final class Settings {

    private Settings() {}

    public static int number(String name, int otherwise) {
        return Integer.getInteger("reliability." + name, otherwise);
    }

    public static String text(String name, String otherwise) {
        return System.getProperty("reliability." + name, otherwise);
    }

    public static Duration duration(String name, Duration otherwise) {
        var text = System.getProperty("reliability." + name, "");
        return text.isEmpty() ? otherwise : Duration.parse(text);
    }
}
