package jiaoying.server.courier.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jiaoying.wire.voice.Wav;

/** Words as sound (语音合成), by a command of the machine such as espeak-ng. May be used from many threads. */
final class Speech {
    private static final int KEPT = 100;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 20;

    private final List<String> command;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, short[]> said = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, short[]> eldest) {
            return size() > KEPT;
        }
    });

    Speech(List<String> command) {
        this.command = command;
    }

    /** Samples of 8 kHz. @throws IOException when the command cannot be run or gives no sound */
    short[] of(String words) throws IOException, InterruptedException {
        var known = said.get(words);
        if (known != null) {
            return known;
        }
        turns.acquire();
        try {
            var samples = Wav.samples(run(words))
                    .filter(sound -> sound.length > 0)
                    .orElseThrow(() -> new IOException(command.getFirst() + " gave no sound"));
            said.put(words, samples);
            return samples;
        } finally {
            turns.release();
        }
    }

    private byte[] run(String words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var writing = Thread.ofVirtual().start(() -> {
            try (var in = process.getOutputStream()) {
                in.write(words.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                process.destroy();
            }
        });
        var ending = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        });
        try (var out = process.getInputStream()) {
            return out.readAllBytes();
        } finally {
            writing.join();
            process.destroy();
            ending.join();
        }
    }
}
