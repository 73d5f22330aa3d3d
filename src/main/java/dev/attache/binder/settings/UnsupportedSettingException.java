package dev.attache.binder.settings;

/** A setting of a binding that the binder cannot honour. The message names the setting and the fix. */
public final class UnsupportedSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public UnsupportedSettingException(String message) {
        super(message);
    }
}
