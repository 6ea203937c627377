package dev.transpack.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What docs/design/manifest.schema.json says of a manifest.
final class ManifestSchema {
    private static final Path FILE = Path.of("..", "docs", "design", "manifest.schema.json");

    private ManifestSchema() {}

    static void assertDescribes(byte[] json) throws IOException {
        assertThat(complaints(new String(json, StandardCharsets.UTF_8))).isEmpty();
    }

    static List<String> complaints(String json) throws IOException {
        return schema()
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(FILE), InputFormat.JSON);
    }
}
