package dev.transpack.purging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.purging.PurgeRecord.Kind;
import dev.transpack.purging.PurgeRecord.Went;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What stands in rows is read for ever: a change of these texts is a change of version.
class PurgeRecordsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aJobOfVersionOneIsRead() {
        assertThat(PurgePack.KIND.name()).isEqualTo("purge-pack");
        assertThat(PurgePack.KIND.version()).isEqualTo(1);
        assertThat(JSON.readValue("{\"purge\":\"p1\"}", PurgePack.Payload.class))
                .isEqualTo(new PurgePack.Payload("p1"));
    }

    @Test
    void aPlanOfVersionOneIsRead() {
        var plan = JSON.readValue("""
                {"pack":"p","name":"Sintel","from":["BUCKET","DISK"],"made":"2026-11-22T12:00:00Z",
                 "steps":{"links":["l"],
                   "bucket":{"address":"s3://b","objects":[{"key":"k","version":null,"size":5}],
                             "uploads":[{"key":"k","uploadId":"u"}]},
                   "source":{"path":"/d/Sintel","files":true,"entries":2,"bytes":7,
                             "torrent":{"infoHash":"h","name":"n","downloadDir":"/d"}}},
                 "freed":{"bucket":5,"disk":7},"stays":["s"],"proof":["p"],
                 "refusals":[{"reason":"NOT_HOME","sentence":"s","remedy":"r"}]}""", PurgePlan.class);
        assertThat(plan.from()).containsExactlyInAnyOrder(PurgeFrom.BUCKET, PurgeFrom.DISK);
        assertThat(plan.made()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(plan.steps().bucket().objects()).containsExactly(new PurgePlan.DoomedObject("k", null, 5));
        assertThat(plan.steps().source().torrent().infoHash()).isEqualTo("h");
        assertThat(plan.overridable()).isTrue();
        assertThat(JSON.readValue(JSON.writeValueAsString(plan), PurgePlan.class))
                .isEqualTo(plan);
    }

    @Test
    void aRecordNotesEachThingOnce() {
        var gone = new Went(Kind.OBJECT, "k", 5, Instant.EPOCH);
        var record = PurgeRecord.EMPTY.with(List.of(gone)).with(List.of(gone)).begun(Instant.EPOCH);
        assertThat(record.went()).containsExactly(gone);
        assertThat(record.begun(Instant.MAX).sourceBegun()).isEqualTo(Instant.EPOCH);
        assertThat(JSON.readValue(JSON.writeValueAsString(record), PurgeRecord.class))
                .isEqualTo(record);
    }

    @Test
    void theDaysOfUndoAreASetting() {
        assertThat(settings(Map.of()).keep()).isEqualTo(Duration.ofDays(7));
        assertThat(settings(Map.of("purge.keep-days", "30")).keep()).isEqualTo(Duration.ofDays(30));
    }

    private static PurgeSettings settings(Map<String, String> values) {
        return PurgeSettings.read(new SettingsReader(SettingsSource.of(values)));
    }
}
