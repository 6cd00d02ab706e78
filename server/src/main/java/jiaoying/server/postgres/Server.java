package jiaoying.server.postgres;

/** Where the embedded server listens and how to sign in. Its text leaves the password out. */
public record Server(String jdbcUrl, String user, String password) {
    static Server at(int port, String password) {
        return new Server(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE + "?sslmode=disable&gssEncMode=disable",
                Cluster.USER,
                password);
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
