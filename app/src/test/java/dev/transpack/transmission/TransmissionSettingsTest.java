package dev.transpack.transmission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transpack.settings.Secret;
import dev.transpack.settings.SettingsException;
import dev.transpack.settings.SettingsReader;
import dev.transpack.settings.SettingsSource;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransmissionSettingsTest {
    @Test
    void withoutSettingsTheDaemonOfThisComputerIsAsked() {
        var settings = TransmissionSettings.read(reader(Map.of()));

        assertThat(settings.url()).isEqualTo(URI.create("http://127.0.0.1:9091/transmission/rpc"));
        assertThat(settings.username()).isEmpty();
        assertThat(settings.password()).isNull();
    }

    @Test
    void everyKeyIsRead() {
        var settings = TransmissionSettings.read(reader(Map.of(
                "transmission.url", "https://box.example/rpc",
                "transmission.username", "me",
                "transmission.password", "sesame")));

        assertThat(settings)
                .isEqualTo(new TransmissionSettings(URI.create("https://box.example/rpc"), "me", new Secret("sesame")));
        assertThat(settings.toString()).doesNotContain("sesame");
    }

    @Test
    void noneMeansThatThereIsNoDaemon() {
        var settings = TransmissionSettings.read(reader(Map.of("transmission.url", "none")));

        assertThat(settings).isEqualTo(TransmissionSettings.NONE);
        try (var transmission = new Transmission(settings)) {
            assertThat(transmission.configured()).isFalse();
        }
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        var reader = reader(Map.of("transmission.url", "box:9091", "transmission.password", "sesame"));
        TransmissionSettings.read(reader);

        assertThatThrownBy(reader::check)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("transmission.url = box:9091: write an address such as")
                .hasMessageContaining("transmission.username: set the user that transmission.password belongs to")
                .hasMessageNotContaining("sesame");
    }

    private static SettingsReader reader(Map<String, String> values) {
        return new SettingsReader(SettingsSource.of(values));
    }
}
