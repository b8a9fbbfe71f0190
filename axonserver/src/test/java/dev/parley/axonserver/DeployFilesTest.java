package dev.parley.axonserver;

import static dev.parley.axonserver.Manifests.DEPLOY;
import static dev.parley.axonserver.Manifests.at;
import static dev.parley.axonserver.Manifests.properties;
import static dev.parley.axonserver.Manifests.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What refers to what in `deploy/`, since no cluster is at hand to say so.
class DeployFilesTest {

    private static final String POD = "spec.template.spec.";
    private static final String CONTAINER = POD + "containers.";
    private static final String IMAGE = "docker.axoniq.io/axoniq/axonserver:2024.2.3-nonroot";

    private static Manifests kubernetes(String size) {
        return Manifests.in("kubernetes/" + size);
    }

    private static Map<String, Object> compose(String size) {
        return Manifests.documents(DEPLOY.resolve(size).resolve("compose.yaml")).getFirst();
    }

    private static Properties file(String size) {
        return properties(DEPLOY.resolve(size).resolve("axonserver.properties"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void everythingIsInOneNamespaceThatExists(String size) {
        Manifests manifests = kubernetes(size);
        assertThat(manifests.names("Namespace")).containsExactly("axonserver");
        manifests.documents().stream()
                .filter(d -> !Set.of("Namespace", "Kustomization").contains(String.valueOf(d.get("kind"))))
                .forEach(d ->
                        assertThat(strings(d, "metadata.namespace")).as("%s", d).containsExactly("axonserver"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void selectorsFindThePods(String size) {
        Manifests manifests = kubernetes(size);
        Map<String, Object> set = manifests.one("StatefulSet");
        Object labels = at(set, "spec.template.metadata.labels").getFirst();
        assertThat(at(set, "spec.selector.matchLabels")).containsExactly(labels);
        assertThat(at(manifests.one("Service"), "spec.selector")).containsExactly(labels);
        assertThat(at(manifests.one("PodDisruptionBudget"), "spec.selector.matchLabels"))
                .containsExactly(labels);
        assertThat(at(manifests.one("NetworkPolicy"), "spec.podSelector.matchLabels"))
                .containsExactly(labels);
        assertThat(strings(set, "spec.serviceName")).isEqualTo(manifests.names("Service"));
        assertThat(strings(manifests.one("Service"), "spec.clusterIP")).containsExactly("None");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void portsAreThoseOfTheServer(String size) {
        Manifests manifests = kubernetes(size);
        Map<String, Object> set = manifests.one("StatefulSet");
        Set<String> names = strings(set, CONTAINER + "ports.name");
        assertThat(strings(manifests.one("Service"), "spec.ports.targetPort")).isEqualTo(names);
        assertThat(strings(manifests.one("NetworkPolicy"), "spec.ingress.ports.port"))
                .isEqualTo(names);
        assertThat(names).containsAll(strings(set, CONTAINER + "readinessProbe.httpGet.port"));
        Set<String> ports = new TreeSet<>();
        file(size).forEach((name, value) -> {
            if (name.toString().matches("server\\.port|axoniq\\.axonserver\\.(internal-)?port")) {
                ports.add(value.toString());
            }
        });
        assertThat(strings(set, CONTAINER + "ports.containerPort")).isEqualTo(ports);
        assertThat(strings(manifests.one("Service"), "spec.ports.port")).isEqualTo(ports);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void whatPodsMountExists(String size) {
        Manifests manifests = kubernetes(size);
        Map<String, Object> set = manifests.one("StatefulSet");
        Set<String> volumes = strings(set, POD + "volumes.name");
        volumes.addAll(strings(set, "spec.volumeClaimTemplates.metadata.name"));
        assertThat(strings(set, CONTAINER + "volumeMounts.name")).isEqualTo(volumes);
        assertThat(strings(set, POD + "volumes.configMap.name")).isEqualTo(manifests.names("ConfigMap"));
        Set<String> secrets = strings(set, POD + "volumes.secret.secretName");
        secrets.addAll(strings(set, CONTAINER + "env.valueFrom.secretKeyRef.name"));
        assertThat(secrets).isEqualTo(manifests.names("Secret"));
        assertThat(strings(manifests.all("Secret"), "stringData").toString()).doesNotContainPattern("=(?!replace-me)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void whatIsKeptLiesOnVolumes(String size) {
        Set<String> mounted = strings(kubernetes(size).one("StatefulSet"), CONTAINER + "volumeMounts.mountPath");
        file(size).values().stream()
                .map(Object::toString)
                .filter(value -> value.startsWith("/"))
                .forEach(path ->
                        assertThat(mounted).anyMatch(mount -> Path.of(path).startsWith(Path.of(mount))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void configMapHasTheSettingsOfTheFile(String size) {
        Properties expected = file(size);
        String domain = "axonserver.axonserver.svc.cluster.local";
        expected.setProperty("axoniq.axonserver.domain", domain);
        if (size.equals("cluster")) {
            expected.setProperty("axoniq.axonserver.internal-domain", domain);
            expected.setProperty("axoniq.axonserver.autocluster.first", "axonserver-0." + domain);
        } else {
            expected.remove("axoniq.axonserver.name");
            expected.remove("axoniq.axonserver.hostname");
        }
        Object data = at(kubernetes(size).one("ConfigMap"), "data").getFirst();
        assertThat(data).isInstanceOf(Map.class);
        Object text = ((Map<?, ?>) data).get("axonserver.properties");
        assertThat(properties(String.valueOf(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void kustomizationHasAllButTheTemplateOfSecrets(String size) {
        Manifests manifests = kubernetes(size);
        Set<String> files = new TreeSet<>();
        Manifests.yaml(manifests.folder())
                .forEach(file -> files.add(file.getFileName().toString()));
        files.removeAll(Set.of("kustomization.yaml", "secrets.yaml"));
        assertThat(strings(manifests.one("Kustomization"), "resources")).isEqualTo(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void oneImageIsPinnedEverywhere(String size) {
        assertThat(strings(kubernetes(size).one("StatefulSet"), CONTAINER + "image"))
                .containsExactly(IMAGE);
        services(size)
                .forEach(
                        (name, service) -> assertThat(strings(service, "image")).containsExactly(IMAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "cluster"})
    void composeRefersToWhatItDefinesAndPublishesToThisMachineOnly(String size) {
        Map<String, Object> compose = compose(size);
        services(size).forEach((name, service) -> {
            assertThat(keys(compose, "secrets")).isEqualTo(strings(service, "secrets.source"));
            assertThat(keys(compose, "configs")).isEqualTo(strings(service, "configs.source"));
            assertThat(keys(compose, "networks")).isEqualTo(strings(service, "networks"));
            assertThat(strings(service, "volumes"))
                    .allMatch(volume -> keys(compose, "volumes").contains(volume.substring(0, volume.indexOf(':'))));
            assertThat(strings(service, "ports")).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(strings(service, "hostname")).containsExactly(name.toString());
        });
    }

    private static Map<?, ?> services(String size) {
        return (Map<?, ?>) at(compose(size), "services").getFirst();
    }

    private static Set<String> keys(Map<String, Object> compose, String section) {
        Set<String> keys = new TreeSet<>();
        ((Map<?, ?>) at(compose, section).getFirst()).keySet().forEach(key -> keys.add(String.valueOf(key)));
        return keys;
    }
}
