package dev.attache.gateway.identity;

/** Creates what other packages' tests need of this package. */
public final class TestIdentity {

    private TestIdentity() {}

    public static ColorSheetController styleSheets(ColorSheets colors) {
        return new ColorSheetController(colors);
    }
}
