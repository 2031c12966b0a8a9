import { describe, expect, it } from "vitest";
import { dayTime, instant, learnWall, wall } from "./clock";

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

  it("prints what it was given, digit by digit", () => {
    const local = { instant: 0, local: "2026-03-29T03:05:09", offset: "+02:00", zone: "Europe/Berlin" };
    expect(dayTime(local)).toBe("29 Mar 03:05 +02:00");
  });
});
