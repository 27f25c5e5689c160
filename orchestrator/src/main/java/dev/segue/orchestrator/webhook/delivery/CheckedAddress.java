package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.callback.AddressGuard;
import dev.segue.orchestrator.callback.CallbackRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHost;

/**
 * A receiver whose address was looked up once and found harmless. The connection goes to exactly this address, so that a
 * name that stands for another one a moment later gains nothing; the name is what TLS and the {@code Host} header speak of.
 */
final class CheckedAddress {
    private CheckedAddress() {}

    /** Why nothing may be sent to an address. */
    static final class ForbiddenException extends Exception {
        private static final long serialVersionUID = 1;

        ForbiddenException(String reason) {
            super(reason);
        }
    }

    /**
     * Looks an address up. A name with several addresses is forbidden if one of them is, since nobody who means well has
     * such a name.
     *
     * @param attempt which of several addresses is taken, so that a next try takes the next
     * @throws ForbiddenException if it may not be reached
     * @throws UnknownHostException if nobody knows it now
     */
    static HttpHost of(String text, CallbackRules rules, Names names, int attempt)
            throws ForbiddenException, UnknownHostException {
        Optional<CallbackRules.Problem> problem = rules.problem(text);
        if (problem.isPresent()) {
            throw new ForbiddenException("its address " + problem.get().limit());
        }
        URI address = URI.create(text);
        String host = withoutBrackets(address.getHost());
        List<InetAddress> found = names.resolve(host);
        AddressGuard guard = rules.guard();
        for (InetAddress each : found) {
            Optional<String> refusal = guard.refusal(each);
            if (refusal.isPresent()) {
                throw new ForbiddenException("its name " + host + " stands for an address of " + refusal.get());
            }
        }
        InetAddress chosen = found.get(attempt % found.size());
        return new HttpHost(address.getScheme(), chosen, host, CallbackRules.port(address));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
