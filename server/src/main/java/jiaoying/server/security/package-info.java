/** Who somebody is and what he may do: accounts, sessions, one-time links, door tokens, roles, area scope, headers. */
@NullMarked
package jiaoying.server.security;

import org.jspecify.annotations.NullMarked;
