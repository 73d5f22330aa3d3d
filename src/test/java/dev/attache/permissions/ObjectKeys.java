package dev.attache.permissions;

import java.util.regex.Pattern;

/** Keys of objects without what differs from object to object, and without what may be secret. */
final class ObjectKeys {

    /** A folder or file that our code or a policy names. */
    private static final Pattern NAMED = Pattern.compile("[a-z]+(-[a-z]+)*(\\.json)?");

    private static final int MOST = 4;

    private ObjectKeys() {}

    /** The key's first folders, as far as they have fixed names, and {@code x} for the rest. */
    static String representative(String key) {
        StringBuilder kept = new StringBuilder();
        String[] parts = key.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean file = i == parts.length - 1;
            if (file && parts[i].isEmpty()) {
                return kept.toString();
            }
            if (i == MOST || !NAMED.matcher(parts[i]).matches()) {
                return kept.append('x').toString();
            }
            kept.append(parts[i]).append(file ? "" : "/");
        }
        return kept.toString();
    }
}
