// What people do on the screens, step by step.
import assert from "node:assert/strict";

/** Imports a file whose rows name their clients, and checks what the screen counts. */
export async function importFile(hand, kind, file, rows) {
  await hand.go("import");
  await hand.choose("import-file", file);
  await hand.see("import-file-name");
  await hand.pickValue("import-kind", kind);
  await hand.pickValue("import-client", "");
  await hand.click("import-read");
  const preview = await hand.see("import-preview", 60_000);
  const count = async (element, name) => Number(await element.getAttribute(`data-${name}`));
  assert.equal(await count(preview, "rows"), rows);
  assert.equal(await count(preview, "errors"), 0, "the file goes in as it is");
  await hand.app.picture(`import-${kind}`);
  await hand.click("import-confirm");
  const result = await hand.see("import-result", 120_000);
  assert.ok((await count(result, "written")) >= rows, "every row is written");
  assert.equal(await count(result, "skipped"), 0);
  await hand.click("import-again");
}

/** Adds a person on the users' screen, assigned to the clients of these codes. */
export async function addUser(hand, { name, role, first }, clients) {
  await hand.go("users");
  await hand.click("user-add");
  await hand.fill("user-name-field", name);
  await hand.fill("user-display-name-field", name);
  await hand.pickValue("user-role-field", role);
  for (const code of clients) await hand.tick(`user-client-${code}`, true);
  await hand.fill("user-password-field", first);
  await hand.click("user-save");
  await hand.gone("user-dialog");
  await hand.see(`user-edit-${name}`);
}

/** Opens the board on all there is. */
export async function openBoard(hand) {
  await hand.go("board");
  await hand.click("period-all");
  await hand.see("kpi-cards");
}

/** The figure of a card as it is shown. */
export async function cardFigure(hand, kpi) {
  const card = await hand.see(`kpi-card-${kpi}`);
  const value = await card.$('[data-test="kpi-card-value"]');
  return value.getText();
}

/** Opens a KPI's chart by day; returns how many days it draws. */
export async function openTrend(hand, kpi) {
  await hand.click(`kpi-open-${kpi}`);
  await hand.click("step-day");
  const chart = await hand.see("trend-chart");
  await hand.browser.waitUntil(async () => (await chart.getAttribute("data-step")) === "day");
  return Number(await chart.getAttribute("data-points"));
}

/** Opens Explain of the trend's first day, down to the rows; returns what it shows. */
export async function explainFirstDay(hand) {
  await hand.click("trend-table-toggle");
  await hand.click("trend-row");
  await hand.see("explain-value");
  const total = Number(await (await hand.see("explain-total")).getAttribute("data-total"));
  while (await hand.sees("explain-more")) await hand.click("explain-more");
  const shifts = await hand.browser.$$('[data-test="explain-shift"]');
  for (const shift of shifts) {
    if ((await shift.getAttribute("open")) === null) await shift.$("summary").click();
  }
  // What is behind a line shift is read when it is opened.
  await hand.browser.waitUntil(async () => (await hand.browser.$$('[data-test="explain-rows"]').length) === shifts.length);
  const ids = await hand.browser.$$('[data-test="explain-row"]').map((row) => row.getAttribute("data-id"));
  return { total, shifts: shifts.length, ids };
}
