/** Loudspeakers and sirens by MQTT. */
@NullMarked
package jiaoying.server.courier.speaker;

import org.jspecify.annotations.NullMarked;
