package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a producer wants to be told what happens to a song. Whether that may be asked is for whoever asks it. */
public final class CallbackCheck {
    /** What servers and proxies take. */
    private static final int LONGEST = 2000;

    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private CallbackCheck() {}

    /** The address of a request; empty if it names none, or one that nobody can be told at. */
    public static Optional<String> usable(SongRequest request) {
        return Optional.ofNullable(request.getCallbackUrl())
                .filter(address -> address.length() <= LONGEST && isAddress(address));
    }

    static void check(SongRequest request, List<Rejection> found) {
        String address = request.getCallbackUrl();
        if (address == null) {
            return;
        }
        if (address.length() > LONGEST) {
            found.add(new InvalidField.TooLong("callbackUrl", address, LONGEST));
        } else if (!isAddress(address)) {
            found.add(new InvalidField.Malformed(
                    "callbackUrl",
                    address,
                    "must be an absolute address of http or https with a host and without user and fragment",
                    "correct it, or set none"));
        }
    }

    private static boolean isAddress(String address) {
        try {
            URI uri = new URI(address);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= HIGHEST_PORT
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
