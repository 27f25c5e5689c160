package dev.segue.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** What the broker of one machine is configured with, beside Kafka's defaults. */
final class KafkaSettings {
    private static final int NODE = 1;

    private KafkaSettings() {}

    static Properties of(Path logs, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("log.dirs", logs.toString());
        oneNode(settings, port, controllerPort);
        internalTopics(settings);
        groups(settings);
        smallMachine(settings);
        // A topic that nobody declared is a mistake, not a wish.
        settings.setProperty("auto.create.topics.enable", "false");
        // An open transaction holds up readers of committed records, so that a dead writer's ends soon.
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        return settings;
    }

    private static void oneNode(Properties settings, int port, int controllerPort) {
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(Ports.HOST, port, Ports.HOST, controllerPort));
        settings.setProperty("advertised.listeners", "PLAINTEXT://%s:%d".formatted(Ports.HOST, port));
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.voters", "%d@%s:%d".formatted(NODE, Ports.HOST, controllerPort));
        // After a kill, the broker is let in again once its old session is over.
        settings.setProperty("broker.session.timeout.ms", "2000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
    }

    private static void internalTopics(Properties settings) {
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", "1");
            settings.setProperty(topic + ".num.partitions", "2");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void groups(Properties settings) {
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Lower bounds of what groups may ask for: tests wait for locks and sessions to run out.
        settings.setProperty("group.share.min.record.lock.duration.ms", "1000");
        settings.setProperty("group.streams.min.session.timeout.ms", "5000");
        settings.setProperty("group.streams.min.heartbeat.interval.ms", "500");
        settings.setProperty("group.share.min.session.timeout.ms", "5000");
        settings.setProperty("group.share.min.heartbeat.interval.ms", "500");
        // What groups get that ask for nothing. A member learns what it is given at its next heartbeat.
        settings.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.streams.session.timeout.ms", "6000");
        settings.setProperty("group.streams.heartbeat.interval.ms", "1000");
        settings.setProperty("group.share.session.timeout.ms", "6000");
        settings.setProperty("group.share.heartbeat.interval.ms", "1000");
        settings.setProperty("group.share.assignment.interval.ms", "0");
        settings.setProperty("group.streams.assignment.interval.ms", "0");
    }

    private static void smallMachine(Properties settings) {
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        // The cleaner's map of keys: 128 MB of heap by default, for far larger logs than these.
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        // An index of a segment is allocated whole.
        settings.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    }
}
