package jiaoying.server.courier;

import java.time.Duration;
import java.util.Optional;

/**
 * The mail server through which a room sends (邮件服务器), and how.
 *
 * @param from    sender, as {@code duty@example.org} or {@code 名称 <duty@example.org>}
 * @param login   empty when the server takes mail from this machine without one
 * @param window  connections at the same time; each carries many mails, one after the other
 * @param timeout after which a server that does not answer counts as gone
 */
public record MailServer(
        String host, int port, Security security, String from, Optional<Login> login, int window, Duration timeout) {

    /** How the connection is kept private. */
    public enum Security {
        /** Plain at first, then encrypted or not used at all. */
        STARTTLS(587),
        /** Encrypted from the first byte (SMTPS). */
        TLS(465),
        /** Never encrypted: for a server on this machine or in a closed network. */
        NONE(25);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        public int usualPort() {
            return usualPort;
        }
    }

    /** Name and password; the password is never printed. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    String place() {
        return host + ":" + port;
    }
}
