package imon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The rules of ARCHITECTURE.md that a compiler does not check. */
class ArchitectureTest {
  /** A package uses only packages that stand before it. */
  private static final List<String> STAGES =
      Stream.of(
              "aside",
              "pcap",
              "wire",
              "name",
              "dns",
              "tls",
              "quic",
              "http",
              "decode",
              "flow",
              "store",
              "report",
              "live",
              "analysis",
              "job",
              "cli")
          .map(stage -> "imon." + stage)
          .toList();

  private static final int MOST_TYPES = 16;
  private static final Path SOURCES = Path.of("src", "main", "java");

  private static JavaClasses program;

  @BeforeAll
  static void readClasses() {
    program =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("imon");
    assertFalse(program.isEmpty());
  }

  static List<String> stages() {
    return STAGES;
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aStageUsesOnlyStagesBeforeIt(String stage) {
    List<String> later = STAGES.subList(STAGES.indexOf(stage) + 1, STAGES.size());
    noClasses()
        .that()
        .resideInAPackage(stage + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(withSubpackages(later)))
        .allowEmptyShould(true)
        .check(program);
  }

  @Test
  void everyClassBelongsToAStage() {
    classes().should().resideInAnyPackage(withSubpackages(STAGES)).check(program);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imon.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(program);
  }

  /** Java's archive of loaded classes takes none below version 50; the build sees to that. */
  @Test
  void picocliHasClassesThatStartQuickly() throws IOException {
    try (DataInputStream file =
        new DataInputStream(
            Objects.requireNonNull(CommandLine.class.getResourceAsStream("CommandLine.class")))) {
      assertEquals(0xCAFEBABE, file.readInt());
      assertEquals(0, file.readUnsignedShort());
      assertEquals(52, file.readUnsignedShort());
    }
  }

  @Test
  void onlyTheCommandLineTouchesTheStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imon.cli..")
        .should()
        .accessField(System.class, "in")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(program);
  }

  @Test
  void onlyTheCommandLineEndsTheProgram() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imon.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(program);
  }

  @Test
  void onlyTheStoreKnowsTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imon.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.duckdb..")
        .check(program);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    List<Path> packages = packageFolders();
    assertFalse(packages.isEmpty());
    assertAll(packages.stream().map(folder -> () -> assertDescribed(folder)));
  }

  @Test
  void noPackageIsCrowded() {
    Map<String, Long> types =
        program.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    types.values().removeIf(count -> count <= MOST_TYPES);
    assertTrue(types.isEmpty(), () -> "More than " + MOST_TYPES + " top-level types: " + types);
  }

  private static List<Path> packageFolders() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static void assertDescribed(Path folder) throws IOException {
    Path description = folder.resolve("package-info.java");
    assertTrue(Files.isRegularFile(description), () -> "No " + description);
    String text = Files.readString(description);
    assertTrue(text.startsWith("/**"), () -> description + " does not begin with its doc");
    assertTrue(text.contains("@NullMarked"), () -> description + " is not @NullMarked");
  }

  private static String[] withSubpackages(List<String> packages) {
    return packages.stream().map(name -> name + "..").toArray(String[]::new);
  }
}
