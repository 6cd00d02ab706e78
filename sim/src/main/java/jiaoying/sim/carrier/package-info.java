/** Text, voice and mail carriers that reach simulated phones, as a pure state machine and over a loopback wire. */
@NullMarked
package jiaoying.sim.carrier;

import org.jspecify.annotations.NullMarked;
