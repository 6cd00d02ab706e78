/** All SQL: the only package that speaks to the database. */
@NullMarked
package jiaoying.server.store;

import org.jspecify.annotations.NullMarked;
