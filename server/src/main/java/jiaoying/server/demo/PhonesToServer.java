package jiaoying.server.demo;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jiaoying.sim.carrier.Happening.LinkPosted;
import jiaoying.sim.carrier.Happening.Receipt;
import jiaoying.sim.carrier.LoopbackCarriers;
import jiaoying.sim.carrier.LoopbackCarriers.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What happens on simulated phones, brought to the server: receipts to the carriers' door, pressed buttons to the person's page. */
final class PhonesToServer implements LoopbackCarriers.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(PhonesToServer.class);
    private static final Pattern LINK =
            Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/a/[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*)");

    private final URI server;
    private final Map<String, String> tokens;

    /** @param tokens bearer token of each carrier, by its name */
    PhonesToServer(URI server, Map<String, String> tokens) {
        this.server = server;
        this.tokens = Map.copyOf(tokens);
    }

    @Override
    public void tell(List<Told> happenings) throws IOException, InterruptedException {
        var events = new LinkedHashMap<String, List<Map<String, String>>>();
        for (var told : happenings) {
            switch (told.happening()) {
                case Receipt receipt ->
                    events.computeIfAbsent(told.dispatch().line().carrier(), _ -> new ArrayList<>())
                            .add(event(receipt));
                case LinkPosted _ -> press(told.dispatch().message());
            }
        }
        for (var carrier : events.entrySet()) {
            tell(carrier.getKey(), carrier.getValue());
        }
    }

    private void tell(String carrier, List<Map<String, String>> events) throws IOException, InterruptedException {
        var door = new ServerDoor(server, tokens.getOrDefault(carrier, ""));
        int status = door.json(
                "/api/carriers/" + carrier + "/events",
                JsonMapper.shared().writeValueAsString(Map.of("events", events)));
        if (status >= 400) {
            LOG.warn("The door of carrier {} refused {} events with status {}", carrier, events.size(), status);
        }
    }

    private static Map<String, String> event(Receipt receipt) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("event", receipt.event());
        fields.put("key", receipt.key());
        fields.put("kind", receipt.kind().name());
        fields.put("detail", receipt.detail());
        return fields;
    }

    /** The link may name the host by which people outside reach the server; from here it is always this server. */
    private void press(String message) throws IOException, InterruptedException {
        var link = LINK.matcher(message);
        if (link.find()) {
            ServerDoor.press(server.resolve(link.group(1)));
        }
    }
}
