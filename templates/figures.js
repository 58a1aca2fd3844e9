"use strict";

// Figures as the report writes them: exact, and the same in every locale.
window.imon = {};

window.imon.figures = (data) => {
  const MINUTE = 60000;
  const DAY = 1440;
  const STEP = data.binary ? 1024n : 1000n;
  const PREFIXES = data.binary ? "KMGTPE" : "kMGTPE";
  const UNIT = data.binary ? "iB" : "B";

  function halfUp(part, whole) {
    return (2n * part + whole) / (2n * whole);
  }

  function count(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function counted(number, noun) {
    return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
  }

  // Three digits; where the integer part alone has as many or more, no fraction.
  function digits(bytes, divisor) {
    for (let fraction = 2; ; fraction--) {
      const scaled = halfUp(bytes * 10n ** BigInt(fraction), divisor);
      if (scaled < 1000n || fraction === 0) {
        return { scaled, fraction };
      }
    }
  }

  function size(number) {
    const bytes = BigInt(number);
    if (bytes < STEP) {
      return `${number} B`;
    }
    let divisor = STEP;
    for (const prefix of PREFIXES) {
      const { scaled, fraction } = digits(bytes, divisor);
      if (fraction > 0 || scaled < STEP) {
        const text = String(scaled);
        const point = text.length - fraction;
        return `${text.slice(0, point)}${fraction ? "." + text.slice(point) : ""} ${prefix}${UNIT}`;
      }
      divisor *= STEP;
    }
    return `${number} B`;
  }

  // What two bounds are where they differ by less than is shown, else null.
  function about(least, most) {
    const text = size(least);
    return least !== most && text === size(most)
      ? { text: `about ${text}`, title: `at least ${counted(least, "byte")}, at most ${counted(most, "byte")}` }
      : null;
  }

  function percent(part, whole) {
    const tenths = whole === 0 ? 0 : Number(halfUp(1000n * BigInt(part), BigInt(whole)));
    if (tenths === 0 && part !== 0) {
      return "< 0.1 %";
    }
    if (tenths === 1000 && part !== whole) {
      return "> 99.9 %";
    }
    return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
  }

  // How far the zone of the report is from UTC at a time, both in minutes.
  function offsetAt(time) {
    const [, offset] = data.offsets.findLast(([from]) => from <= time) ?? data.offsets[0] ?? [0, 0];
    return offset;
  }

  function begin(step) {
    return data.start + step * data.width;
  }

  // When a step begins, in the zone of the report: minutes since the first of January 1970 there.
  function minute(step) {
    return begin(step) + offsetAt(begin(step));
  }

  // In the hour that clocks show twice.
  function isTwice(local, offset) {
    return data.offsets.some(([, other]) => other !== offset && offsetAt(local - other) === other);
  }

  function fromUtc(offset) {
    const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
    const two = (number) => String(number).padStart(2, "0");
    return offset === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
  }

  function time(step) {
    const text = new Date(minute(step) * MINUTE).toISOString().replace("T", " ");
    if (data.width % DAY === 0) {
      return text.slice(0, 10);
    }
    const offset = offsetAt(begin(step));
    return text.slice(0, 16) + (isTwice(minute(step), offset) ? ` ${fromUtc(offset)}` : "");
  }

  return { DAY, about, count, counted, minute, percent, size, time };
};
