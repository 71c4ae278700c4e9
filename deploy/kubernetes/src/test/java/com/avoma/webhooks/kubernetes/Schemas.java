package com.avoma.webhooks.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubernetes.client.openapi.JSON;
import io.strimzi.api.kafka.model.common.UnknownPropertyPreserving;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Whether an object is one that its API would take. Kubernetes' own are judged by the classes made
/// from the description of its API, Strimzi's by those that its definitions are made from; KEDA and
/// the Prometheus operator publish nothing for Java, so theirs are judged by schemas of what is
/// used here (`src/test/resources/schemas`). Unknown fields are faults with all three.
final class Schemas {
    private static final Map<String, String> KUBERNETES =
            Map.of(
                    "v1 ConfigMap", "V1ConfigMap",
                    "v1 Service", "V1Service",
                    "v1 ServiceAccount", "V1ServiceAccount",
                    "apps/v1 Deployment", "V1Deployment",
                    "apps/v1 StatefulSet", "V1StatefulSet",
                    "batch/v1 Job", "V1Job",
                    "policy/v1 PodDisruptionBudget", "V1PodDisruptionBudget",
                    "networking.k8s.io/v1 NetworkPolicy", "V1NetworkPolicy",
                    "networking.k8s.io/v1 Ingress", "V1Ingress");

    private static final Map<String, String> STRIMZI =
            Map.of(
                    "Kafka", "kafka.Kafka",
                    "KafkaNodePool", "nodepool.KafkaNodePool",
                    "KafkaTopic", "topic.KafkaTopic",
                    "KafkaUser", "user.KafkaUser");

    private static final Map<String, String> OTHERS =
            Map.of(
                    "keda.sh/v1alpha1 ScaledObject", "scaled-object.json",
                    "keda.sh/v1alpha1 TriggerAuthentication", "trigger-authentication.json",
                    "monitoring.coreos.com/v1 PodMonitor", "pod-monitor.json",
                    "monitoring.coreos.com/v1 PrometheusRule", "prometheus-rule.json");

    private static final Gson GSON = new Gson();

    private Schemas() {}

    /// What is wrong with it; nothing where it is right.
    static List<String> faults(Map<String, Object> object) {
        var type = object.get("apiVersion") + " " + object.get("kind");
        var json = GSON.toJsonTree(object);
        if (KUBERNETES.containsKey(type)) {
            return ofKubernetes(
                    "io.kubernetes.client.openapi.models." + KUBERNETES.get(type), json);
        }
        if (type.startsWith("kafka.strimzi.io/v1 ")) {
            return ofStrimzi(STRIMZI.get(object.get("kind")), json);
        }
        return OTHERS.containsKey(type)
                ? ofSchema(OTHERS.get(type), json)
                : List.of("nothing to judge by: " + type);
    }

    private static List<String> ofKubernetes(String name, JsonElement json) {
        try {
            var type = Class.forName(name);
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            // that looks at names; this at numbers and times
            JSON.getGson().fromJson(json, type);
            return List.of();
        } catch (InvocationTargetException e) {
            return List.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } catch (RuntimeException e) {
            return List.of(e.toString());
        }
    }

    private static List<String> ofStrimzi(String name, JsonElement json) {
        try {
            var type = Class.forName("io.strimzi.api.kafka.model." + name);
            var read =
                    new com.fasterxml.jackson.databind.ObjectMapper()
                            .readValue(json.toString(), type);
            List<String> unknown = new ArrayList<>();
            unknown(read, type.getSimpleName(), unknown);
            return unknown;
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// Its classes keep what they do not know.
    private static void unknown(Object value, String where, List<String> found)
            throws ReflectiveOperationException {
        if (value instanceof Collection<?> many) {
            for (var one : many) {
                unknown(one, where, found);
            }
        }
        if (value == null || !value.getClass().getName().startsWith("io.strimzi.")) {
            return;
        }
        if (value instanceof UnknownPropertyPreserving preserving) {
            var more = preserving.getAdditionalProperties();
            if (more != null && !more.isEmpty()) {
                found.add(where + ": unknown " + more.keySet());
            }
        }
        for (Method method : value.getClass().getMethods()) {
            if (method.getName().startsWith("get")
                    && method.getParameterCount() == 0
                    && !method.getName().equals("getAdditionalProperties")
                    && !method.getReturnType().isEnum()) {
                unknown(method.invoke(value), where + "." + method.getName().substring(3), found);
            }
        }
    }

    private static List<String> ofSchema(String file, JsonElement json) {
        var schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (var in = Schemas.class.getResourceAsStream("/schemas/" + file)) {
            return schemas.getSchema(in).validate(json.toString(), InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
