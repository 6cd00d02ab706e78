package jiaoying.server.main;

/** The command line: {@code ./jiaoying COMMAND}. */
public final class Jiaoying {
    private Jiaoying() {}

    public static void main(String[] args) {
        System.out.println("jiaoying");
    }
}
