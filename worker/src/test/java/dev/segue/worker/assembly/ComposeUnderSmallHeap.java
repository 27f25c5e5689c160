package dev.segue.worker.assembly;

import ai.djl.Device;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.store.S3Access;
import dev.segue.worker.store.ObjectStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/** A process of its own that does one task and prints what became of it. */
public final class ComposeUnderSmallHeap {
    private ComposeUnderSmallHeap() {}

    /** Endpoint, access key and secret of the store; the folder of models; the task as a file. */
    public static void main(String[] args) throws Exception {
        TrustedRecords.trust();
        AudioTask task = AudioTask.fromByteBuffer(ByteBuffer.wrap(Files.readAllBytes(Path.of(args[4]))));
        Path folder = Path.of(args[3]);
        try (S3Client client =
                        S3Access.at(URI.create(args[0]), args[1], args[2]).client();
                LoadedModels models = new LoadedModels(Workbench.modelStore(folder), Device.cpu(), 1);
                AssemblyTasks tasks = new AssemblyTasks(
                        "small",
                        1,
                        models,
                        new ObjectStore(client, "segue"),
                        new Scratch(folder.resolve("small")),
                        song -> false,
                        Clock.systemUTC())) {
            AudioSegment answer = Workbench.answer(tasks, task).last();
            System.out.println(answer.getKind() + " " + answer.getFailure());
        }
    }
}
