package dev.segue.worker.tasks;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which record a task is; with its time, since a topic that is made anew counts from 0 again. */
record TaskId(String topic, int partition, long offset, long timestamp) {
    static TaskId of(ConsumerRecord<?, ?> record) {
        return new TaskId(record.topic(), record.partition(), record.offset(), record.timestamp());
    }
}
