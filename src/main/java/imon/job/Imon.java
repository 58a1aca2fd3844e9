package imon.job;

import java.util.List;

/**
 * Runs a command of imon: its words, without the program's name. It says by itself what is wrong.
 */
public interface Imon {
  Ending run(List<String> words);
}
