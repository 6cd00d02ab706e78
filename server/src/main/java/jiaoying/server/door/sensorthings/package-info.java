/**
 * OGC SensorThings API 1.1 (18-088) over the register and the readings journal: stations are Things, a station's quantity is a
 * Datastream, a reading is an Observation. Observations can be created with a door's token, nothing else.
 */
@NullMarked
package jiaoying.server.door.sensorthings;

import org.jspecify.annotations.NullMarked;
