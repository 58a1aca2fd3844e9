package imon.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds JSON against a schema, as far as ours goes: type, const, enum, minimum, maximum, pattern,
 * properties, required, items, oneOf, $ref into $defs. Any other word of a schema is a fault, so
 * that none is passed over.
 */
final class SchemaCheck {
  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** One line for everything that does not fit. */
  static List<String> faults(JsonNode schema, JsonNode json) {
    SchemaCheck check = new SchemaCheck(schema);
    check.check(schema, json, "");
    return check.faults;
  }

  private void check(JsonNode schema, JsonNode json, String path) {
    schema
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!holds(word, schema.get(word), json, path)) {
                faults.add(path + ": " + json + " breaks " + word + " " + schema.get(word));
              }
            });
  }

  private boolean holds(String word, JsonNode rule, JsonNode json, String path) {
    return switch (word) {
      case "$schema", "$id", "$defs", "title", "description" -> true;
      case "type" -> rule.isArray() ? anyType(rule, json) : isType(rule.textValue(), json);
      case "const" -> rule.equals(json);
      case "enum" -> contains(rule, json);
      case "minimum" -> !json.isNumber() || json.longValue() >= rule.longValue();
      case "maximum" -> !json.isNumber() || json.longValue() <= rule.longValue();
      case "pattern" -> !json.isTextual() || json.textValue().matches(rule.textValue());
      case "required" -> !json.isObject() || hasAll(rule, json);
      case "oneOf" -> matches(rule, json) == 1;
      case "$ref" -> faultCount(root.at(rule.textValue().substring(1)), json) == 0;
      case "properties" -> checkProperties(rule, json, path);
      case "items" -> checkItems(rule, json, path);
      default -> false;
    };
  }

  private boolean checkProperties(JsonNode rules, JsonNode json, String path) {
    rules
        .properties()
        .forEach(
            rule -> {
              if (json.has(rule.getKey())) {
                check(rule.getValue(), json.get(rule.getKey()), path + "/" + rule.getKey());
              }
            });
    return true;
  }

  private boolean checkItems(JsonNode rule, JsonNode json, String path) {
    for (int i = 0; i < json.size(); i++) {
      check(rule, json.get(i), path + "/" + i);
    }
    return true;
  }

  private static boolean anyType(JsonNode types, JsonNode json) {
    for (JsonNode type : types) {
      if (isType(type.textValue(), json)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isType(String type, JsonNode json) {
    return switch (type) {
      case "object" -> json.isObject();
      case "array" -> json.isArray();
      case "string" -> json.isTextual();
      case "integer" -> json.isIntegralNumber();
      case "boolean" -> json.isBoolean();
      case "null" -> json.isNull();
      default -> false;
    };
  }

  private static boolean contains(JsonNode values, JsonNode json) {
    for (JsonNode value : values) {
      if (value.equals(json)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAll(JsonNode names, JsonNode json) {
    for (JsonNode name : names) {
      if (!json.has(name.textValue())) {
        return false;
      }
    }
    return true;
  }

  private int matches(JsonNode schemas, JsonNode json) {
    int matches = 0;
    for (JsonNode schema : schemas) {
      matches += faultCount(schema, json) == 0 ? 1 : 0;
    }
    return matches;
  }

  private int faultCount(JsonNode schema, JsonNode json) {
    SchemaCheck check = new SchemaCheck(root);
    check.check(schema, json, "");
    return check.faults.size();
  }
}
