package imon.flow.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
  private final List<Rows> taken = new ArrayList<>();

  private final RowSink sink =
      new RowSink() {
        @Override
        public void accept(Rows rows) {
          taken.add(rows);
        }

        @Override
        public Rows empty(RowType type) {
          return new Rows(type);
        }
      };

  private final RowWriter writer = new RowWriter(sink);

  private void writeEvidence(long packet, String host) {
    writer.begin(RowType.EVIDENCE).number(packet).number(1).name(host).number(2).number(3).end();
  }

  @Test
  void whatIsWrittenIsReadByColumn() {
    Rows rows = new Rows(RowType.EVIDENCE);
    rows.begin().number(-5).number(1).name("www.example.com").number(Long.MAX_VALUE).flag(true);
    rows.end();
    assertEquals(1, rows.count());
    assertEquals(-5, rows.word(0, 0));
    assertEquals("www.example.com", rows.text(2, 0));
    assertEquals(Long.MAX_VALUE, rows.word(3, 0));
    assertEquals(1, rows.word(4, 0));
  }

  @Test
  void anAddressHasTwoWords() {
    Rows rows = new Rows(RowType.QUERIER);
    rows.begin().address(11, 12).end();
    assertEquals(11, rows.word(0, 0));
    assertEquals(12, rows.lowWord(0, 0));
  }

  @Test
  void aRowThatIsNotFinishedDoesNotCount() {
    Rows rows = new Rows(RowType.UNFLOWED);
    rows.begin().number(1);
    assertEquals(0, rows.count());
    rows.begin().number(2).number(3).number(4).number(5).end();
    assertEquals(2, rows.word(0, 0));
  }

  @Test
  void aRowWithTooFewValuesIsAnError() {
    Rows rows = new Rows(RowType.UNFLOWED).begin().number(1);
    assertThrows(IllegalStateException.class, rows::end);
  }

  @Test
  void clearedRowsAreEmptyAndForgetTheirTexts() {
    writeEvidence(1, "www.example.com");
    writer.flush();
    Rows rows = taken.get(0);
    rows.clear();
    assertEquals(0, rows.count());
    assertNull(rows.text(2, 0));
  }

  @Test
  void fullBatchesAreHandedOnAndNothingIsLost() {
    int count = 2 * Rows.CAPACITY + 10;
    for (int i = 0; i < count; i++) {
      writeEvidence(i, "h" + i);
    }
    assertEquals(2, taken.size());
    writer.flush();
    assertEquals(3, taken.size());
    int next = 0;
    for (Rows rows : taken) {
      for (int row = 0; row < rows.count(); row++) {
        assertEquals(next, rows.word(0, row));
        assertEquals("h" + next, rows.text(2, row));
        next++;
      }
    }
    assertEquals(count, next);
  }

  @Test
  void batchesAreFullAtTheirCapacityOnly() {
    for (int i = 0; i < Rows.CAPACITY; i++) {
      writeEvidence(i, "h");
    }
    assertTrue(taken.isEmpty());
    writeEvidence(0, "h");
    assertTrue(taken.get(0).isFull());
  }

  @Test
  void eachTypeHasABatchOfItsOwnUntilTheFlush() {
    Rows queriers = writer.begin(RowType.QUERIER);
    queriers.address(0, 1).end();
    writeEvidence(1, "h");
    assertSame(queriers, writer.begin(RowType.QUERIER));
    writer.flush();
    assertEquals(2, taken.size());
    assertFalse(taken.get(0).type() == taken.get(1).type());
    writer.flush();
    assertEquals(2, taken.size());
  }

  @Test
  void writingARowAllocatesNothing() {
    int rows = Rows.CAPACITY / 4;
    long bytes = Allocation.of(rows, () -> writer.begin(RowType.QUERIER).address(1, 2).end());
    assertTrue(bytes < rows, () -> (double) bytes / rows + " bytes per row");
  }
}
