package dev.upshift.upgrade;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a run may leave on poolers and servers, by where it is: taken twice, it shows what was changed
 * between.
 */
record Traces(Map<String, String> found) {

    private static final List<String> OBJECTS = List.of(
            "select coalesce(string_agg(slot_name, ',' order by slot_name), '') from pg_replication_slots",
            "select coalesce(string_agg(pubname, ',' order by pubname), '') from pg_publication",
            "select coalesce(string_agg(subname || subenabled, ',' order by subname), '') from pg_subscription",
            "select coalesce(string_agg(setdatabase || array_to_string(setconfig, ' '), ','), '') from pg_db_role_setting",
            "select string_agg(datname || datconnlimit, ',' order by datname) from pg_database");

    static Traces of(LabWorld world) {
        Map<String, String> found = new TreeMap<>();
        for (PgBouncer pooler : world.poolers()) {
            found.put(pooler.name() + " leads to", String.valueOf(pooler.leadsTo("shop")));
            found.put(
                    pooler.name() + " entries",
                    String.valueOf(pooler.show("DATABASES").stream()
                            .map(row -> row.get("name") + " " + row.get("port") + " paused " + row.get("paused"))
                            .toList()));
            found.putAll(files(pooler.name(), pooler.databasesIni().getParent()));
        }
        for (PostgresCluster cluster : List.of(world.source(), world.target())) {
            OBJECTS.forEach(query -> found.put(cluster.name() + ": " + query, cluster.value("shop", query)));
        }
        return new Traces(found);
    }

    /** Every configuration file by its bytes; a file more or less is a difference too. */
    private static Map<String, String> files(String pooler, Path directory) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(path.getFileName());
                if (name.contains(".ini")) {
                    files.put(pooler + "/" + name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
