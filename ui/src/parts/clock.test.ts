import { afterEach, describe, expect, it, vi } from "vitest";
import {
  dayOf,
  dayTime,
  fullTime,
  instant,
  learnWall,
  nearTime,
  realInstant,
  setOffset,
  timeBeside,
  wall,
} from "./clock";

describe("wall time", () => {
  const now = instant();

  it("is UTC, and says so, until the desk has given a near one", () => {
    expect(wall(now).zone).toBe("UTC");
    learnWall({ instant: now - 48 * 3_600_000, local: "", offset: "+02:00", zone: "Europe/Berlin" });
    expect(wall(now).zone).toBe("UTC");
  });

  it("uses the offset that was given for the nearest instant", () => {
    learnWall({ instant: now - 60_000, local: "", offset: "-05:30", zone: "Invented/Half" });
    learnWall({ instant: now - 3_600_000, local: "", offset: "+02:00", zone: "Europe/Berlin" });
    const { time, zone } = wall(now);
    expect(zone).toBe("Invented/Half");
    expect(time).toBe(new Date(now - 5.5 * 3_600_000).toISOString().slice(11, 19));
  });

  it("is as it was told last", () => {
    const told = { instant: now, local: "", offset: "+00:00" };
    learnWall({ ...told, zone: "UTC" });
    learnWall({ ...told, zone: "Europe/London" });
    expect(wall(now).zone).toBe("Europe/London");
  });

  it("prints what it was given, digit by digit, and the year where it is another", () => {
    const year = new Date(now).getUTCFullYear();
    const local = (of: number) => `${of}-03-09T03:05:09`;
    const told = { instant: 0, offset: "+02:00", zone: "Europe/Berlin" };
    expect(dayTime({ ...told, local: local(year) })).toBe("9 Mar 03:05 +02:00");
    expect(dayTime({ ...told, local: local(year - 1) })).toBe(`9 Mar ${year - 1} 03:05 +02:00`);
    expect(dayOf({ ...told, local: local(year - 1) })).toBe(`9 Mar ${year - 1}`);
    expect(fullTime({ ...told, local: local(year) })).toBe(`9 Mar ${year} 03:05 +02:00 (Europe/Berlin)`);
  });

  it("says the day where it stands beside another, and where it is not today", () => {
    const told = (at: number) => {
      const local = new Date(at + 2 * 3_600_000).toISOString().slice(0, 19);
      return { instant: at, local, offset: "+02:00", zone: "Europe/Berlin" };
    };
    const [today, before] = [told(now), told(now - 24 * 3_600_000)];
    const time = today.local.slice(11, 16);
    expect(nearTime(today)).toBe(time);
    expect(nearTime(before)).toBe(`${dayOf(before)} ${time}`);
    expect(timeBeside(today, before)).toBe(`${dayOf(today)} ${time}`);
    expect(timeBeside(before, before)).toBe(time);
  });
});

describe("the clock on screen", () => {
  afterEach(() => setOffset(0));

  it("is set anew by the desk, and not for the few milliseconds that each measuring differs by", () => {
    vi.spyOn(Date, "now").mockReturnValue(1_800_000_000_000);
    setOffset(60_000);
    expect(instant()).toBe(1_800_000_060_000);
    setOffset(60_004);
    expect([instant(), realInstant()]).toEqual([1_800_000_060_000, 1_800_000_060_004]);
    setOffset(0);
    expect(instant()).toBe(1_800_000_000_000);
  });
});
