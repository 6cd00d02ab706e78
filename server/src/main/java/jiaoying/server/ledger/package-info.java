/** The ledger (台账) as a file: written for auditors, and checked without the server. docs/ledger.md has the form. */
@NullMarked
package jiaoying.server.ledger;

import org.jspecify.annotations.NullMarked;
