/** What people look at: the state of Watch, the person's page, the visitor's phone, health; pages read projections only. */
@NullMarked
package jiaoying.server.page;

import org.jspecify.annotations.NullMarked;
