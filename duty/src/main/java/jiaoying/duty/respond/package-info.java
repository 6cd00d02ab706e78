/** Emergency response (应急响应): proposed by a warning, decided by headquarters against a clock, carried out as actions with deadlines. */
@NullMarked
package jiaoying.duty.respond;

import org.jspecify.annotations.NullMarked;
