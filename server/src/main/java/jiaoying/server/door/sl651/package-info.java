/**
 * The door of telemetry stations (遥测站入口): SL 651-2014 over TCP and UDP. A frame becomes an arrival of readings and is
 * acknowledged once that is durable; and frames laid open for people who look for a fault.
 */
@NullMarked
package jiaoying.server.door.sl651;

import org.jspecify.annotations.NullMarked;
