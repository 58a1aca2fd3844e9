package imon.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields of JSON by their paths: {@code sites[].hosts[].host}. */
final class JsonFields {
  private JsonFields() {}

  static Set<String> of(JsonNode json) {
    Set<String> fields = new TreeSet<>();
    collect(json, "", fields);
    return fields;
  }

  static Set<String> ofSchema(JsonNode schema) {
    Set<String> fields = new TreeSet<>();
    collectSchema(schema, "", fields);
    return fields;
  }

  private static void collect(JsonNode node, String path, Set<String> fields) {
    if (node.isArray()) {
      node.forEach(row -> collect(row, path + "[]", fields));
    }
    for (String name : names(node)) {
      String field = path.isEmpty() ? name : path + "." + name;
      fields.add(field);
      collect(node.get(name), field, fields);
    }
  }

  private static void collectSchema(JsonNode schema, String path, Set<String> fields) {
    if (schema.has("items")) {
      collectSchema(schema.get("items"), path + "[]", fields);
    }
    JsonNode properties = schema.path("properties");
    for (String name : names(properties)) {
      String field = path.isEmpty() ? name : path + "." + name;
      fields.add(field);
      collectSchema(properties.get(name), field, fields);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
