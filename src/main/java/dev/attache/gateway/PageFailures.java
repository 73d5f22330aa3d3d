package dev.attache.gateway;

import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.link.LinkNotSignableException;
import dev.attache.storage.ObjectsRefusedException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Describes failures of pages for the log. */
public final class PageFailures {

    private PageFailures() {}

    /**
     * The message of an expected failure. Of an unexpected failure only the class and the place in the code, because
     * its message may contain a page id, which is a secret.
     */
    public static String describe(RuntimeException failure) {
        return switch (failure) {
            case SdkException aws -> aws.toString();
            case CallNotPermittedException open -> open.toString();
            case LedgerContentionException contention -> contention.toString();
            case LinkNotSignableException unsigned -> unsigned.toString();
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
