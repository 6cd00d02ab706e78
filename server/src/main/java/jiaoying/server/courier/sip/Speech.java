package jiaoying.server.courier.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jiaoying.wire.voice.Wav;

/** Words as sound (语音合成), by a command of the machine such as espeak-ng. May be used from many threads. */
final class Speech {
    private static final int KEPT = 100;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 20;

    private final List<String> command;
    private final Optional<Path> recording;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, short[]> said = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, short[]> eldest) {
            return size() > KEPT;
        }
    });

    Speech(List<String> command) {
        this(command, Optional.empty());
    }

    /** @param recording played when the command gives no sound */
    Speech(List<String> command, Optional<Path> recording) {
        this.command = command;
        this.recording = recording;
    }

    /** Samples of 8 kHz. @throws IOException when the command cannot be run or gives no sound */
    short[] of(String words) throws IOException, InterruptedException {
        var known = said.get(words);
        if (known != null) {
            return known;
        }
        turns.acquire();
        try {
            var samples = made(words);
            if (samples.isEmpty() && recording.isPresent()) {
                return sound(Files.readAllBytes(recording.get()))
                        .orElseThrow(() -> new IOException(recording.get() + " is no sound"));
            }
            said.put(words, samples.orElseThrow(() -> new IOException(command.getFirst() + " gave no sound")));
            return samples.get();
        } finally {
            turns.release();
        }
    }

    /** Empty when the command cannot be run or gives no sound, as where it is not installed. */
    private Optional<short[]> made(String words) throws InterruptedException {
        try {
            return sound(run(words));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<short[]> sound(byte[] file) {
        return Wav.samples(file).filter(samples -> samples.length > 0);
    }

    private byte[] run(String words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var writing = Thread.ofVirtual().start(() -> {
            try (var in = process.getOutputStream()) {
                in.write(words.getBytes(StandardCharsets.UTF_8));
            } catch (IOException ownWords) {
                // a command that has words of its own, and closes the door on ours, may be saying them at this moment
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
