package dev.segue.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.record.SongCommand;
import dev.segue.contracts.record.SongCommandKind;
import dev.segue.contracts.record.StopReason;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AvroFormatTest {
    private static final Topics TOPICS = new Topics("format.");
    private static final Topic<SongCommand> COMMANDS = TOPICS.songCommands();
    private static final SongCommand CANCEL = new SongCommand("a-song", SongCommandKind.CANCEL, "");

    private SchemaRegistry registry;
    private AvroFormat format;
    private Deserializer<SongCommand> deserializer;

    @BeforeAll
    void setUp(Infrastructure servers) throws Exception {
        registry = SchemaRegistry.at(servers.registryUrl());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            new TopicSetup(TOPICS, admin, registry).run(Optional.empty());
        }
        format = new AvroFormat(registry);
        deserializer = format.deserializer(COMMANDS);
    }

    @AfterAll
    void close() throws IOException {
        format.close();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(write(CANCEL))).isEqualTo(CANCEL);
    }

    @Test
    void whatConfluentsSerializerWritesByThePublishedSchemaIsRead() throws IOException {
        Schema published =
                new Schema.Parser().parse(Path.of("schemas", "SongCommand.avsc").toFile());
        GenericRecord command = new GenericData.Record(published);
        command.put("songId", "a-song");
        command.put(
                "command",
                new GenericData.EnumSymbol(published.getField("command").schema(), "CANCEL"));
        command.put("reason", "");
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", registry.url()), false);

            byte[] bytes = serializer.serialize(COMMANDS.name(), command);

            assertThat(read(bytes)).isEqualTo(CANCEL);
            assertThat(bytes).isEqualTo(write(CANCEL));
        }
    }

    @Test
    void noValueIsUnreadable() {
        assertThatThrownBy(() -> read(null))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("a record of format.song-commands is unreadable: the value is null");
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("a record of format.song-commands is unreadable: the value is empty");
    }

    @Test
    void bytesThatAreNoAvroAreUnreadable() {
        assertThatThrownBy(() -> read("not Avro".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("it does not begin with a 0 byte");
    }

    @Test
    void aSchemaThatNobodyRegisteredIsUnreadable() {
        byte[] bytes =
                ByteBuffer.allocate(9).put((byte) 0).putInt(987_654).putInt(0).array();

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("the registry does not know its schema, id 987654");
    }

    @Test
    void aRecordThatIsCutOffIsUnreadable() {
        byte[] whole = write(CANCEL);

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 2)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void aRecordOfAnotherKindIsUnreadable() {
        byte[] bytes;
        try (Serializer<StoppedSong> serializer = format.serializer()) {
            bytes = serializer.serialize(
                    TOPICS.stoppedSongs().name(), new StoppedSong("a-song", StopReason.CANCELLED, Instant.EPOCH));
        }

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("StoppedSong");
    }

    @Test
    void aRegistryThatIsDownIsNoFaultOfTheRecord() throws IOException {
        byte[] bytes = write(CANCEL);
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (AvroFormat alone = new AvroFormat(SchemaRegistry.at("http://127.0.0.1:" + nobody));
                Deserializer<SongCommand> cut = alone.deserializer(COMMANDS);
                Serializer<SongCommand> mute = alone.serializer()) {

            assertThatThrownBy(() -> cut.deserialize(COMMANDS.name(), bytes))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("does not answer");
            assertThatThrownBy(() -> mute.serialize(COMMANDS.name(), CANCEL))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("does not answer");
        }
    }

    @Test
    void settingUpTwiceChangesNothing(Infrastructure servers) throws Exception {
        byte[] before = write(CANCEL);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
            new TopicSetup(TOPICS, admin, registry).run(Optional.of((short) 1));

            assertThat(admin.listTopics().names().get())
                    .containsAll(TOPICS.all().stream().map(Topic::name).toList());
        }
        assertThat(write(CANCEL)).isEqualTo(before);
    }

    private byte[] write(SongCommand command) {
        try (Serializer<SongCommand> serializer = format.serializer()) {
            return serializer.serialize(COMMANDS.name(), command);
        }
    }

    private SongCommand read(byte[] bytes) {
        return deserializer.deserialize(COMMANDS.name(), bytes);
    }
}
