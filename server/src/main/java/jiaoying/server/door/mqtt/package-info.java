/** The door of MQTT brokers (MQTT 接入): subscribes to topics, and acknowledges a message once its readings are durable. */
@NullMarked
package jiaoying.server.door.mqtt;

import org.jspecify.annotations.NullMarked;
