package dev.segue.orchestrator.webhook.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who knows which addresses a host's name stands for. */
@FunctionalInterface
public interface Names {
    /** What this machine knows. */
    Names SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * All addresses of a host, one at least. May take as long as it takes.
     *
     * @throws UnknownHostException if there are none, or nobody answers
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
