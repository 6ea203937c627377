package dev.transpack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transpack.fixtures.Commands;
import dev.transpack.fixtures.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `packaging` holds is understood by the programs that it is for, and starts and stops Transpack as they do it.
@Timeout(120)
class PackagingTest {
    private static final Path PACKAGING = Path.of("..", "packaging");
    private static final String INSTALLED = "/opt/transpack/transpack";
    private static final int AFTER_SIGTERM = 143;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"transpack.service", "transpack-worker.service", "user/transpack.service"})
    void systemdUnderstandsItsUnits(String name) throws Exception {
        var program = program().toString();
        var unit = unit(name).replace(INSTALLED, program).replace("%h/transpack/transpack", program);
        var here = Files.writeString(folder.resolve(Path.of(name).getFileName()), unit);
        assertThat(Commands.succeed("systemd-analyze", "verify", here.toString()))
                .isEmpty();
    }

    /// The command of a unit, started and stopped as systemd does it, within the time and with the status that it
    /// names.
    @ParameterizedTest
    @ValueSource(strings = {"transpack.service", "transpack-worker.service", "user/transpack.service"})
    void theCommandOfAUnitEndsInTimeWhenItIsTold(String name) throws Exception {
        assertThat(unit(name)).contains("SuccessExitStatus=" + AFTER_SIGTERM, "TimeoutStopSec=40");
        var command = unit(name)
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.joining());
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(program().toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(settings());
        var running = builder.start();
        try {
            awaitStart(log, running);
            running.destroy();
            assertThat(running.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(running.exitValue()).as(Files.readString(log)).isEqualTo(AFTER_SIGTERM);
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void supervisorStartsAndStopsIt() throws Exception {
        var configuration = supervisor().toString();
        var log = Files.createFile(folder.resolve("transpack.log"));
        var daemon = new ProcessBuilder("supervisord", "-n", "-c", configuration)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            awaitStart(log, daemon);
            Commands.succeed("supervisorctl", "-c", configuration, "stop", "transpack");
            assertThat(folder.resolve("supervisord.log"))
                    .content()
                    .contains("stopped: transpack (exit status " + AFTER_SIGTERM);
        } finally {
            daemon.destroy();
            assertThat(daemon.waitFor(40, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitStart(Path log, Process process) throws Exception {
        Eventually.until("it has started, or ended: " + log, () -> {
            var said = Files.readString(log);
            return !process.isAlive() || said.contains("page: ") || said.contains("Transpack works as");
        });
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    }

    private static String unit(String name) throws IOException {
        return Files.readString(PACKAGING.resolve("systemd").resolve(name));
    }

    /// The program as it is packaged, in this folder and as whoever runs this, under a daemon of its own.
    private Path supervisor() throws IOException {
        var variables = settings().entrySet().stream()
                .map(entry -> ",%s=\"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        var packaged = Files.readString(PACKAGING.resolve("supervisor/transpack.conf"))
                .replace(INSTALLED, program().toString())
                .replace("user=transpack\n", "")
                .replace("/var/lib/transpack", folder.toString())
                .replace("/var/log", folder.toString())
                .replaceFirst("(?m)^(environment=.*)$", "$1" + variables);
        return Files.writeString(folder.resolve("supervisord.conf"), """
                [unix_http_server]
                file=%1$s/control
                [supervisord]
                logfile=%1$s/supervisord.log
                pidfile=%1$s/supervisord.pid
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
                [supervisorctl]
                serverurl=unix://%1$s/control
                """.formatted(folder) + packaged);
    }

    private Map<String, String> settings() throws IOException {
        return Map.of(
                "TRANSPACK_DATA_DIR",
                Files.createDirectories(folder.resolve("data")).toString(),
                "TRANSPACK_DOWNLOADS_DIR",
                Files.createDirectories(folder.resolve("downloads")).toString(),
                "TRANSPACK_TRANSMISSION_URL",
                "none",
                "TRANSPACK_SERVER_PORT",
                "0");
    }

    /// In place of the launcher of a checkout: the program that is tested.
    private Path program() throws IOException {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var launcher =
                Files.writeString(folder.resolve("transpack"), """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.transpack.Transpack "$@"
                """.formatted(System.getProperty("java.home"), classes));
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }
}
