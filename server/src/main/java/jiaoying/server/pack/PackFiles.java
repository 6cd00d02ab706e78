package jiaoying.server.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of one pack, by path inside its folder. */
public final class PackFiles {
    /** Every file a pack may consist of. */
    static final List<String> KNOWN = List.of(
            "pack.yaml",
            "criteria.yaml",
            "quality.yaml",
            "plan.yaml",
            "response.yaml",
            "programme.yaml",
            "sample.csv",
            "scenarios.yaml",
            "texts/zh-CN.yaml",
            "texts/en.yaml");

    /** Beside the pack, for people; not part of what is decided by. */
    private static final List<String> PROSE = List.of("README.md", "SOURCE.md");

    static final int BYTES_MAX = 256 * 1024;
    private static final int FILES_MAX = 200;

    private final String name;
    private final SortedMap<String, byte[]> files;

    private PackFiles(String name, SortedMap<String, byte[]> files) {
        this.name = name;
        this.files = Collections.unmodifiableSortedMap(files);
    }

    /** For tests and packs made in memory. */
    public static PackFiles ofTexts(String name, SortedMap<String, String> texts) {
        var files = new TreeMap<String, byte[]>();
        texts.forEach((file, text) -> files.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return new PackFiles(name, files);
    }

    /** The pack in a folder; the folder's name is the pack's. Links out of the folder are not followed. */
    public static PackFiles onDisk(Path folder) throws IOException {
        var root = folder.toAbsolutePath().normalize();
        var files = new TreeMap<String, byte[]>();
        try (var paths = Files.walk(root, 3)) {
            for (var path : paths.filter(Files::isRegularFile).limit(FILES_MAX).toList()) {
                var inside = root.relativize(path).toString().replace('\\', '/');
                if (!PROSE.contains(inside)) {
                    files.put(inside, read(Files.newInputStream(path)));
                }
            }
        }
        return new PackFiles(String.valueOf(root.getFileName()), files);
    }

    /** The pack of that name inside the program; empty when there is none. */
    public static Optional<PackFiles> inside(String name) {
        var files = new TreeMap<String, byte[]>();
        for (var file : KNOWN) {
            var stream = PackFiles.class.getResourceAsStream("/packs/" + name + "/" + file);
            if (stream != null) {
                files.put(file, read(stream));
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(new PackFiles(name, files));
    }

    /** One byte more than is allowed at most, so that a file that is too long is noticed and costs no memory. */
    private static byte[] read(InputStream stream) {
        try (stream) {
            return stream.readNBytes(BYTES_MAX + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    SortedMap<String, byte[]> files() {
        return files;
    }

    /** The bytes of each file, by its path in the pack. */
    public SortedMap<String, byte[]> texts() {
        return files;
    }

    String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            files.forEach((file, bytes) -> {
                sha.update((file + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }
}
