import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A producer that knows nothing of Segue but the published schema: run from its source, with Kafka's client and
 * Confluent's serializer on the class path. Arguments: brokers, registry, SongRequest.avsc, song id.
 */
class ForeignProducer {
    public static void main(String[] arguments) throws Exception {
        Schema schema = new Schema.Parser().parse(Path.of(arguments[2]).toFile());
        GenericRecord request = new GenericRecordBuilder(schema)
                .set("songId", arguments[3])
                .set("model", "untrained")
                .set("durationSeconds", 1.5)
                .build();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "schema.registry.url", arguments[1],
                "key.serializer", StringSerializer.class,
                "value.serializer", KafkaAvroSerializer.class);
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(settings)) {
            producer.send(new ProducerRecord<>("segue.song-requests", arguments[3], request)).get();
        }
    }
}
