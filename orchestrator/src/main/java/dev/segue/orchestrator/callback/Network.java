package dev.segue.orchestrator.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses, as in {@code 10.0.0.0/8}.
 *
 * @param base its first address
 * @param prefix bits that all its addresses share with it
 */
public record Network(InetAddress base, int prefix) {
    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:]{2,39})/(\\d{1,3})");

    public Network {
        Objects.requireNonNull(base, "base is null");
        if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("prefix is " + prefix + ", but must be from 0 to "
                    + base.getAddress().length * Byte.SIZE + "; count the bits that are fixed");
        }
    }

    /** A network that is known to be well written. */
    static Network of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no network; write 10.0.0.0/8"));
    }

    /** Reads an address and a number of bits; empty where it is something else, above all a name. */
    public static Optional<Network> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            // No name has this form, so that nobody is asked.
            InetAddress base = InetAddress.getByName(matcher.group(1));
            int prefix = Integer.parseInt(matcher.group(2));
            return prefix <= base.getAddress().length * Byte.SIZE
                    ? Optional.of(new Network(base, prefix))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address lies in it. */
    public boolean contains(InetAddress address) {
        byte[] own = base.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int mask = (0xff << (Byte.SIZE - prefix % Byte.SIZE)) & 0xff;
        return Arrays.equals(own, 0, whole, other, 0, whole)
                && (mask == 0 || ((own[whole] ^ other[whole]) & mask) == 0);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
