package imon.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What may happen to the packets of a capture on their way into it, about one in four. */
public enum Damage {
  /** Fewer bytes of a packet are captured. */
  CUT {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      for (CapturedPackets.Entry packet : packets.entries()) {
        damaged.add(isHit(random) ? packet.cut(random.nextInt(packet.length() + 1)) : packet);
      }
    }
  },
  /** Some bytes of a packet become others. */
  FLIP {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      for (CapturedPackets.Entry packet : packets.entries()) {
        damaged.add(isHit(random) && packet.length() > 0 ? packet.flipped(random) : packet);
      }
    }
  },
  /** A packet is missing. */
  DROP {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      packets.entries().stream().filter(packet -> !isHit(random)).forEach(damaged::add);
    }
  },
  /** A packet is there twice. */
  DUPLICATE {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      for (CapturedPackets.Entry packet : packets.entries()) {
        damaged.addAll(Collections.nCopies(isHit(random) ? 2 : 1, packet));
      }
    }
  },
  /** Neighbours change places, each with its own time. */
  SWAP {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      damaged.addAll(packets.entries());
      for (int i = 0; i + 1 < damaged.size(); i++) {
        if (isHit(random)) {
          Collections.swap(damaged, i, i + 1);
        }
      }
    }
  },
  /** Runs of packets come in any order, each with its own time. */
  REORDER {
    @Override
    void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random) {
      damaged.addAll(packets.entries());
      for (int i = 0; i < damaged.size(); i += RUN) {
        Collections.shuffle(damaged.subList(i, Math.min(damaged.size(), i + RUN)), random);
      }
    }
  };

  private static final int RUN = 12;

  /** The same packets with this damage; the same seed damages the same. */
  public CapturedPackets of(CapturedPackets packets, long seed) {
    List<CapturedPackets.Entry> damaged = new ArrayList<>();
    befall(packets, damaged, new Random(seed));
    return new CapturedPackets(damaged);
  }

  abstract void befall(CapturedPackets packets, List<CapturedPackets.Entry> damaged, Random random);

  private static boolean isHit(Random random) {
    return random.nextInt(4) == 0;
  }
}
