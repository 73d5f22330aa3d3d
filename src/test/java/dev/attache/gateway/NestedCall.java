package dev.attache.gateway;

import jakarta.servlet.ServletException;
import java.io.IOException;

/** What happens while another request is being handled. */
interface NestedCall {

    void call() throws ServletException, IOException;

    default void run() {
        try {
            call();
        } catch (ServletException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
