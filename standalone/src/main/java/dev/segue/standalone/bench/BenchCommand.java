package dev.segue.standalone.bench;

import picocli.CommandLine.Command;

/** {@code segue bench}: measurements that the README's figures come from. Each prints JSON lines. */
@Command(
        name = "bench",
        description = "Measure this machine's speed; figures are printed as JSON lines.",
        subcommands = {
            SamplerBenchCommand.class,
            FlatnessBenchCommand.class,
            RealSizeBenchCommand.class,
            ExportBenchCommand.class,
            PipelineBenchCommand.class,
            TrainingBenchCommand.class
        })
public final class BenchCommand {}
