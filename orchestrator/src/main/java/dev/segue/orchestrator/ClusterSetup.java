package dev.segue.orchestrator;

import dev.segue.contracts.wire.ShareGroupSetup;
import dev.segue.contracts.wire.TopicSetup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a cluster to what an orchestrator and its workers need. */
final class ClusterSetup {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSetup.class);

    private ClusterSetup() {}

    /**
     * Creates what is missing.
     *
     * @throws IOException if the registry fails or refuses a schema
     * @throws ExecutionException if the cluster fails or refuses a topic or a setting
     */
    static void run(OrchestratorConfig config) throws IOException, ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(config.clients())) {
            Optional<Short> replicas =
                    config.replicas() == 0 ? Optional.empty() : Optional.of((short) config.replicas());
            new TopicSetup(config.topics(), admin, config.registry()).run(replicas);
            ShareGroupSetup.run(config.groups(), admin);
            for (Map.Entry<String, String> setting :
                    StreamsSettings.group(config).entrySet()) {
                set(admin, config.applicationId(), setting);
            }
        }
    }

    /** A cluster may set its own bounds, within which the orchestrator works as well, if not as quickly after a fall. */
    private static void set(Admin admin, String group, Map.Entry<String, String> setting) throws InterruptedException {
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(change)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            LOG.warn(
                    "event=group_setting_refused group={} key={} value={} reason=\"{}\"",
                    group,
                    setting.getKey(),
                    setting.getValue(),
                    e.getCause().getMessage());
        }
    }
}
