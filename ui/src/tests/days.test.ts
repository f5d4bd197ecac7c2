import { describe, expect, it } from "vitest";
import { firstPeriod, periodOf, stepFor } from "../screens/board/period";
import { addDays, formatClock, formatDay, isoWeek, monthEnd, parseClock, parseDay, today } from "../text/days";
import { mondayOf } from "../screens/board/figures";

describe("days", () => {
  it("steps over months and leap days", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(monthEnd("2024-02-10")).toBe("2024-02-29");
  });

  it("knows ISO weeks at the turn of a year", () => {
    expect(isoWeek("2015-01-01")).toEqual({ year: 2015, week: 1, monday: "2014-12-29" });
    expect(isoWeek("2016-01-01")).toEqual({ year: 2015, week: 53, monday: "2015-12-28" });
    expect(mondayOf("2015-W01")).toBe("2014-12-29");
    expect(mondayOf("2015-03-11")).toBe("2015-03-09");
  });

  it("reads a typed day in the order of the language", () => {
    expect(parseDay("2015-03-11", "es-MX")).toBe("2015-03-11");
    expect(parseDay("11/3/2015", "es-MX")).toBe("2015-03-11");
    expect(parseDay("3/11/2015", "en-US")).toBe("2015-03-11");
    expect(parseDay("30/2/2015", "es-MX")).toBeNull();
    expect(parseDay("yesterday", "en-US")).toBeNull();
  });

  it("writes days without a time zone moving them", () => {
    expect(formatDay("2015-01-01", "en-US")).toBe("Jan 1, 2015");
    expect(today(new Date(2026, 0, 5, 0, 30))).toBe("2026-01-05");
  });

  it("reads and writes clock times", () => {
    expect(parseClock("6:30")).toBe(390);
    expect(parseClock("0630")).toBe(390);
    expect(parseClock("22")).toBe(1320);
    expect(parseClock("24:00")).toBeNull();
    expect(formatClock(1500)).toBe("01:00");
  });
});

describe("periods", () => {
  const old = { first_day: "2015-01-01", last_day: "2015-03-11" };

  it("follow data of another year", () => {
    expect(firstPeriod(old, "2026-11-22")).toEqual({ preset: "all", from: "2015-01-01", to: "2015-03-11" });
    expect(periodOf("7d", old, null)).toEqual({ preset: "7d", from: "2015-03-05", to: "2015-03-11" });
    expect(periodOf("month", old, null).from).toBe("2015-03-01");
  });

  it("choose a step that stays readable", () => {
    expect(stepFor({ preset: "all", from: "2015-01-01", to: "2015-03-11" })).toBe("day");
    expect(stepFor({ preset: "year", from: "2025-01-01", to: "2025-12-31" })).toBe("week");
  });
});
