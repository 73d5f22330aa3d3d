package dev.attache.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no more requests through than the worker has memory for, and no more of one client for pages than people send. What is refused costs
 * neither a call of S3 nor the rendering of a page.
 */
final class PageLimitFilter extends OncePerRequestFilter {

    static final Duration BUSY = Duration.ofSeconds(10);

    private final Semaphore permits;

    private final ClientAddresses addresses;

    private final ClientRates rates;

    private final PageRefusals refusals;

    /** @param concurrent how many requests are handled at once */
    PageLimitFilter(int concurrent, ClientAddresses addresses, ClientRates rates, PageRefusals refusals) {
        this.permits = new Semaphore(concurrent);
        this.addresses = addresses;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = isPage(request) ? rates.take(addresses.client(request)) : Duration.ZERO;
        if (!wait.isZero()) {
            refusals.refuse(UploadProblem.TOO_MANY_REQUESTS, wait, request, response);
        } else if (permits.tryAcquire()) {
            try {
                chain.doFilter(request, response);
            } finally {
                permits.release();
            }
        } else {
            refusals.refuse(UploadProblem.TRY_AGAIN, BUSY, request, response);
        }
    }

    /** The path as the server maps it: decoded, without parameters and double slashes. */
    private static boolean isPage(HttpServletRequest request) {
        return request.getServletPath().startsWith("/u/");
    }
}
