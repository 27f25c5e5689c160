package dev.segue.orchestrator.callback;

import java.util.List;
import java.util.Set;

/** Callbacks that are taken wherever they are. */
public final class OpenCallbacks {
    public static final CallbackRules RULES = new CallbackRules(
            true, true, Set.of(), new AddressGuard(List.of(Network.of("0.0.0.0/0"), Network.of("::/0"))));

    private OpenCallbacks() {}
}
