import { expect, test } from "vitest";
import { emptyCell } from "../src/compare/matrix";
import type { Account, Comparison } from "../src/types";

/** A comparison of accounts that were given these claims and conversations. */
function comparison(accounts: Partial<Account>[]): Comparison {
  return { documents: accounts, claims: [], issues: [] } as unknown as Comparison;
}

const read: Partial<Account> = { side: "Norrland", claims: "found", conversation: "this" };

test("an account that was read and says nothing is silent", () => {
  expect(emptyCell(comparison([read]), "Norrland")).toBe("not in the documents given");
});

test("an account from which nothing was read says so", () => {
  const unread: Partial<Account> = { side: "Sudovia", claims: "none readable", conversation: "none" };
  expect(emptyCell(comparison([read, unread]), "Sudovia")).toBe("nothing could be read in this account");
});

test("an account of another conversation is not called unreadable", () => {
  const other: Partial<Account> = { side: "Ostland", claims: "none readable", conversation: "another" };
  expect(emptyCell(comparison([read, other]), "Ostland")).toBe("this account tells of another conversation");
});
