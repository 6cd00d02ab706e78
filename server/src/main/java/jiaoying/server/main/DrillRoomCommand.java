package jiaoying.server.main;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that a {@link DrillCommand} starts, kills and starts again: a room on the {@link DrillStage}. */
@Command(name = "drill-room", hidden = true)
final class DrillRoomCommand implements Callable<Integer> {
    @Option(names = "--data", required = true)
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Option(names = "--port", required = true)
    int port;

    @Option(names = "--exchange", required = true)
    @SuppressWarnings("NullAway.Init")
    URI exchange;

    @Option(names = "--people", required = true)
    int people;

    @Override
    public Integer call() throws InterruptedException {
        var directory = DataDirectory.openOrCreate(data, DataDirectory.Kind.DEMO);
        var options = new RunOptions(directory, Optional.empty(), port, false, Optional.empty(), 1, "en");
        var wiring = new Wiring(options, new DrillStage(directory.path(), exchange, people));
        Runtime.getRuntime().addShutdownHook(new Thread(wiring::close, "stop"));
        wiring.start();
        new CountDownLatch(1).await();
        return Jiaoying.GOOD;
    }
}
