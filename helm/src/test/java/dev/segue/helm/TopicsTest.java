package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Strimzi makes is what the orchestrator would. */
class TopicsTest {
    private final Manifests manifests = Chart.manifests("strimzi");
    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

    @Test
    void theTopicsAreThoseOfTheContracts() {
        Map<String, Map<String, String>> made = new TreeMap<>();
        for (JsonNode topic : manifests.ofKind("KafkaTopic")) {
            JsonNode spec = topic.path("spec");
            Map<String, String> config = spec.path("config").properties().stream()
                    .filter(entry -> !entry.getKey().equals("min.insync.replicas"))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().asText()));
            made.put(spec.path("topicName").asText(), config);
            assertThat(spec.path("partitions").asInt()).isEqualTo(Topic.PARTITIONS);
        }

        assertThat(made)
                .isEqualTo(topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> topic.config())));
    }

    @Test
    void rolesMayDoWithTopicsWhatTheirDescriptionSaysAndNothingElse() {
        JsonNode described = Yaml.read(ComposeFile.TOP.resolve("contracts/asyncapi.json"));

        for (String role : Set.of("client", "generation", "assembler")) {
            for (Map.Entry<String, JsonNode> channel :
                    described.path("channels").properties()) {
                String topic = channel.getValue().path("address").asText();
                JsonNode operations = described.path("operations");
                assertThat(may(role, "topic", topic, "Read"))
                        .as(role + " reads " + topic)
                        .isEqualTo(operations.has(role + ".receive." + channel.getKey()));
                assertThat(may(role, "topic", topic, "Write"))
                        .as(role + " writes " + topic)
                        .isEqualTo(operations.has(role + ".send." + channel.getKey()));
            }
        }
    }

    @Test
    void workersMayShareTheTasksOfTheirGroups() {
        ShareGroups groups = new ShareGroups(Topics.DEFAULT_PREFIX);

        for (LevelPool pool : LevelPool.values()) {
            assertThat(may("generation", "group", groups.generation(pool), "Read"))
                    .isTrue();
            assertThat(may("client", "group", groups.generation(pool), "Read")).isFalse();
        }
        assertThat(may("assembler", "group", groups.assembly(), "Read")).isTrue();
        assertThat(may("assembler", "group", groups.generation(LevelPool.TOP), "Read"))
                .isFalse();
    }

    private boolean may(String role, String type, String name, String operation) {
        JsonNode acls =
                manifests.named("KafkaUser", "segue-" + role).path("spec").path("authorization");
        for (JsonNode acl : acls.path("acls")) {
            JsonNode resource = acl.path("resource");
            String meant = resource.path("name").asText();
            boolean matches = resource.path("patternType").asText().equals("prefix")
                    ? name.startsWith(meant)
                    : name.equals(meant);
            if (matches && resource.path("type").asText().equals(type)) {
                for (JsonNode allowed : acl.path("operations")) {
                    if (allowed.asText().equals(operation)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
