package jiaoying.server.main;

final class ServerApplication {
    private ServerApplication() {}

    static void run(RunOptions options) {
        throw new IllegalStateException("Bug: not there yet " + options);
    }
}
