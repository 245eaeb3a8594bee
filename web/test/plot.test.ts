import { expect, test } from "vitest";
import { periodsOf } from "../src/plot";

test("the axis has every month, a year at least, and ends with the last", () => {
  const { periods, of } = periodsOf(["2031-03-01", "2031-04-02"]);
  expect(periods).toHaveLength(12);
  expect([periods[0], periods.at(-1), of("2031-04-02")]).toEqual(["2030-05", "2031-04", "2031-04"]);
  expect(periodsOf(["2030-11", "2032-02"]).periods).toHaveLength(16);
});

test("more than ten years are told by the year", () => {
  const { periods, of } = periodsOf(["2019-03-01", "2031-04-02"]);
  expect([periods.length, periods[0], of("2031-04-02")]).toEqual([13, "2019", "2031"]);
});

test("days that are none make no axis", () => {
  expect(periodsOf(["soon", ""]).periods).toEqual([]);
});
