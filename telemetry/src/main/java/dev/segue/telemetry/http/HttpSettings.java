package dev.segue.telemetry.http;

import dev.segue.contracts.settings.Setting;
import java.util.List;
import java.util.regex.Pattern;

/** Where a worker serves HTTP; an orchestrator has the same two with another usual port. */
public final class HttpSettings {
    private static final int HIGHEST_PORT = 65_535;

    /** Address to listen on. */
    public static final Setting<String> HOST = Setting.text(
                    "SEGUE_HTTP_HOST",
                    "Address to serve HTTP on; one of this machine alone answers to localhost only.",
                    "a host name or an address",
                    Pattern.compile("[A-Za-z0-9.:_-]{1,255}"))
            .orElse("0.0.0.0");

    /** Port to listen on. */
    public static final Setting<Integer> PORT = Setting.wholeNumber(
                    "SEGUE_HTTP_PORT",
                    "Port to serve HTTP on, 0 for any free one; of a worker usually 8081.",
                    0,
                    HIGHEST_PORT)
            .orElse("8081");

    /** Both. */
    public static final List<Setting<?>> SETTINGS = List.of(HOST, PORT);

    private HttpSettings() {}
}
