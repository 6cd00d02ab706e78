/**
 * Our own thin starter for the PostgreSQL that ships inside the program (内置数据库).
 *
 * <p>Promise: everything acknowledged survives a kill of the program or of the database; one program per data directory; the
 * server ends with the program; it listens on 127.0.0.1 only; the password is in no log and on no command line.
 */
@NullMarked
package jiaoying.server.postgres;

import org.jspecify.annotations.NullMarked;
