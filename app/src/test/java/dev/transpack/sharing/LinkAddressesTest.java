package dev.transpack.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkAddressesTest {
    private static final LinkToken TOKEN = new LinkToken("abc_-1");

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,      http://localhost:8080/d/abc_-1",
        "https://box.example/files/, https://box.example/files/d/abc_-1"
    })
    void standBelowThePagesAddress(String page, String link) {
        assertThat(new LinkAddresses(() -> URI.create(page)).page(TOKEN)).hasToString(link);
    }

    @Test
    void carryEveryNameAndItsFolders() {
        var addresses = new LinkAddresses(() -> URI.create("https://box.example"));
        var name = "a/b;c%2f?d#e \"é😀\\.part1.rar";
        var address = addresses.of(TOKEN, name);
        assertThat(address.getPath()).isEqualTo("/d/abc_-1/" + name);
        assertThat(address.getRawPath()).matches("/d/abc_-1/a/[A-Za-z0-9._~%-]+");
    }
}
