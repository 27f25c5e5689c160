package dev.segue.standalone.train;

import dev.segue.worker.trainer.Recipe;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue train recipe}: a recipe to begin from. */
@Command(
        name = "recipe",
        description = "Print a recipe, sizes and schedule of every part of a model, to change and give to --recipe.")
final class RecipeCommand implements Callable<Integer> {
    @Parameters(
            defaultValue = Recipe.DEMO,
            arity = "0..1",
            paramLabel = "NAME",
            description = "demo, or a file to check. Default: demo.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().print(Recipe.named(name).toJson());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
