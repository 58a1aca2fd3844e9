import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar and gives its classes the version of Java 8, with the stack maps that this demands.
 * Java parses and verifies older ones at each start: its archive of loaded classes takes none below
 * version 50, and the verifier without stack maps is slow. What they do stays the same.
 *
 * <p>Run by the build, from its source: {@code java NewerClasses.java OLD.jar NEW.jar}.
 */
final class NewerClasses {
  private NewerClasses() {}

  public static void main(String[] args) throws IOException {
    Path old = Path.of(args[0]);
    try (URLClassLoader types = new URLClassLoader(new URL[] {old.toUri().toURL()});
        InputStream file = Files.newInputStream(old);
        ZipInputStream in = new ZipInputStream(file);
        OutputStream target = Files.newOutputStream(Path.of(args[1]));
        ZipOutputStream out = new ZipOutputStream(target)) {
      out.setComment(
          "A copy of " + old.getFileName() + " whose classes have the version of Java 8");
      int changed = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        if (isOld(entry.getName(), content)) {
          content = newer(content, types);
          changed++;
        }
        out.write(content);
      }
      if (changed == 0) {
        throw new IOException(old + " has no class that is too old: take it as it is");
      }
    }
  }

  /** Whether it is a class of a version below 52; its major version is in bytes 6 and 7. */
  private static boolean isOld(String name, byte[] content) {
    return name.endsWith(".class") && (content[6] << 8 | content[7]) < Opcodes.V1_8;
  }

  private static byte[] newer(byte[] old, ClassLoader types) {
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return types;
          }
        };
    ClassVisitor ofJava8 =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              String signature,
              String parent,
              String[] types) {
            super.visit(Opcodes.V1_8, access, name, signature, parent, types);
          }
        };
    new ClassReader(old).accept(ofJava8, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
