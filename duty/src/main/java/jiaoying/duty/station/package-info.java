/** Telemetry stations and sites at risk. */
@NullMarked
package jiaoying.duty.station;

import org.jspecify.annotations.NullMarked;
