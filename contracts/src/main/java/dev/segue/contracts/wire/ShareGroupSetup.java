package dev.segue.contracts.wire;

import dev.segue.contracts.topic.ShareGroups;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Gives share groups their settings, which must be there before the first worker. May run any number of times. */
public final class ShareGroupSetup {
    private ShareGroupSetup() {}

    /**
     * Sets what {@link ShareGroups#settings} says for each group.
     *
     * @param admin of the cluster; stays the caller's
     * @throws ExecutionException if the cluster fails or refuses a setting
     */
    public static void run(ShareGroups groups, Admin admin) throws ExecutionException, InterruptedException {
        Collection<AlterConfigOp> settings = groups.settings().entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = groups.all().stream()
                .collect(Collectors.toMap(
                        name -> new ConfigResource(ConfigResource.Type.GROUP, name), name -> settings));
        admin.incrementalAlterConfigs(changes).all().get();
    }
}
