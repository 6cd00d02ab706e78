/** Things that bring arrivals in over HTTP: readings, signals, carriers' events and the deeds of people who are signed in. */
@NullMarked
package jiaoying.server.door;

import org.jspecify.annotations.NullMarked;
