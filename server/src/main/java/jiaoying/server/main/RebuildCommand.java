package jiaoying.server.main;

import java.util.Optional;
import java.util.concurrent.Callable;
import jiaoying.server.loop.Rebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops the projections of a room and makes them anew from its facts (重建). */
@Command(name = "rebuild")
final class RebuildCommand implements Callable<Integer> {
    private final Words words;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    RoomChoice choice = new RoomChoice();

    @Option(names = "--stopped")
    boolean stopped;

    RebuildCommand(Words words) {
        this.words = words;
    }

    @Override
    public Integer call() {
        try (var rooms = choice.open()) {
            var external = choice.databaseUrl != null;
            if (external ? !stopped : rooms.live()) {
                throw new Refusal(
                        external ? "rebuild.external" : "rebuild.live",
                        rooms.directory().path());
            }
            var room = rooms.room(Optional.ofNullable(choice.room)).id();
            var row = Rebuild.run(rooms.database(), room, Home.rules(rooms.directory()), rooms.keys(room));
            spec.commandLine().getOut().println(words.say("rebuild.done", room, row.lastFact(), row.head()));
            return Jiaoying.GOOD;
        }
    }
}
