package dev.transpack.transmission;

import dev.transpack.fixtures.Bencode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A torrent of [FakeTransmission41]: complete if its files lie in the download folder, else without a byte.
record FakeTorrent(String hash, String name, List<FakeFile> files, Path folder, Path torrentFile, List<String> labels) {

    record FakeFile(String name, long length) {}

    static FakeTorrent of(byte[] metainfo, Path folder, Path torrentFiles) throws IOException {
        var info = (Map<?, ?>) of((Map<?, ?>) Bencode.decode(metainfo), "info");
        var hash = sha1(Bencode.encode(info));
        var name = text(of(info, "name"));
        var file = Files.write(torrentFiles.resolve(hash + ".torrent"), metainfo);
        return new FakeTorrent(hash, name, files(info, name), folder, file, List.of());
    }

    FakeTorrent labelled(List<String> newLabels) {
        return new FakeTorrent(hash, name, files, folder, torrentFile, newLabels);
    }

    Path data() {
        return folder.resolve(name);
    }

    /// Everything a client may ask for. Numbers come in every shape that daemons were seen to use.
    Map<String, Object> fields() {
        var size = files.stream().mapToLong(FakeFile::length).sum();
        var here = Files.exists(data());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("hash_string", hash);
        fields.put("name", name);
        fields.put("status", here ? "6" : 4);
        fields.put("left_until_done", here ? 0.0 : size);
        fields.put("total_size", "" + size);
        fields.put("size_when_done", size);
        fields.put("done_date", here ? 1_700_000_000L : 0);
        fields.put("error", 0);
        fields.put("error_string", "");
        fields.put("download_dir", folder.toString());
        fields.put("torrent_file", torrentFile.toString());
        fields.put("labels", labels);
        fields.put("upload_ratio", -1);
        fields.put("uploaded_ever", 0);
        fields.put("activity_date", 0);
        fields.put("is_finished", false);
        fields.put("seed_ratio_limit", 2);
        fields.put("seed_ratio_mode", 0);
        fields.put("seed_idle_limit", 30);
        fields.put("seed_idle_mode", 0);
        fields.put("files", files.stream().map(file -> told(file, here)).toList());
        fields.put("file_stats", files.stream().map(_ -> Map.of("wanted", true)).toList());
        return fields;
    }

    private static Map<String, Object> told(FakeFile file, boolean here) {
        return Map.of("name", file.name, "length", file.length, "bytes_completed", here ? file.length : 0);
    }

    private static List<FakeFile> files(Map<?, ?> info, String name) {
        if (info.get("length") instanceof Long length) return List.of(new FakeFile(name, length));
        return ((List<?>) of(info, "files"))
                .stream().map(file -> file(name, (Map<?, ?>) file)).toList();
    }

    private static FakeFile file(String name, Map<?, ?> file) {
        var path = new StringBuilder(name);
        for (var part : (List<?>) of(file, "path")) path.append('/').append(text(part));
        return new FakeFile(path.toString(), (Long) of(file, "length"));
    }

    private static Object of(Map<?, ?> dictionary, String key) {
        var value = dictionary.get(key);
        if (value == null) throw new IllegalArgumentException("invalid or corrupt torrent file");
        return value;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
