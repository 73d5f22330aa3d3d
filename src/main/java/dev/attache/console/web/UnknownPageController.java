package dev.attache.console.web;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsoleProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers addresses under {@code /ops} that no other controller has. */
@ConsoleController
class UnknownPageController {

    @RequestMapping("/ops/**")
    String unknown() {
        throw new ConsoleProblem(
                HttpStatus.NOT_FOUND, "There is nothing at this address", "Choose a page in the navigation.");
    }
}
