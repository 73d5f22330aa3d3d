package dev.attache.gateway;

import dev.attache.ledger.KeysUnusableException;
import dev.attache.ledger.LedgerContentionException;
import dev.attache.link.LinkNotSignableException;
import dev.attache.storage.ObjectsRefusedException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Names failures of pages for the log. */
public final class PageFailures {

    private PageFailures() {}

    /**
     * The text of those that are foreseen; of others the place alone, for their texts may quote what they met, such as
     * a page's id.
     */
    public static String named(RuntimeException failure) {
        return switch (failure) {
            case SdkException aws -> aws.toString();
            case CallNotPermittedException open -> open.toString();
            case LedgerContentionException busy -> busy.toString();
            case LinkNotSignableException notNow -> notNow.toString();
            case ObjectsRefusedException refused -> refused.toString();
            case KeysUnusableException keys -> keys.toString();
            default -> failure.getClass().getName() + " at " + place(failure);
        };
    }

    private static String place(RuntimeException failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.attache.")) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }
}
