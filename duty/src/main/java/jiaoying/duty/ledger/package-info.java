/** Facts, the hash chain over them, and fields that carry personal data. */
@NullMarked
package jiaoying.duty.ledger;

import org.jspecify.annotations.NullMarked;
