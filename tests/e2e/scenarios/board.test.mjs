// A leader's meeting: every KPI of the demo plant on one board, one of them taken apart, and as it was known then.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { App } from "../harness/app.mjs";
import { lineboard, same } from "../harness/cli.mjs";
import { Hand, named } from "../harness/hand.mjs";
import { LOOKS, look, wear } from "../harness/looks.mjs";
import { ADMIN, VIEWER } from "../harness/people.mjs";
import { story } from "../harness/steps.mjs";
import { addUser } from "../harness/work.mjs";

const FAMILIES = ["output", "quality", "delivery", "people"];

describe("the board of the demo plant", () => {
  let app, hand, days;
  const step = story((name) => app.picture(name));

  before(async () => {
    app = await App.fresh();
    hand = new Hand(app);
    await app.open();
    await hand.browser.setWindowSize(1366, 768);
    await hand.firstStart(ADMIN);
    await hand.click("first-start-demo");
    await hand.see("kpi-cards", 120_000);
    const period = await hand.see("period-days");
    days = ["--from", await period.getAttribute("data-from"), "--to", await period.getAttribute("data-to")];
  });
  after(() => app.end());

  step("shows every KPI of the engine, each under its heading", async () => {
    const listed = await app.ask("kpi_list");
    const shown = await hand.browser.execute(() =>
      [...document.querySelectorAll('[data-test^="kpi-family-"]')].map((family) => [
        family.dataset.test.replace("kpi-family-", ""),
        [...family.querySelectorAll('[data-test^="kpi-card-"][data-value].kpi')].map((card) => card.dataset.test.replace("kpi-card-", "")),
      ]),
    );
    const of = (family) => listed.filter((kpi) => kpi.family === family).map((kpi) => kpi.code);
    assert.deepEqual(shown, FAMILIES.map((family) => [family, of(family)]));
    assert.ok(listed.length >= 28 && !listed.some((kpi) => kpi.code === "bradford"));
  });

  step("shows a delivery, a quality and a people KPI with the command line's value", async () => {
    for (const kpi of ["otif", "ppm", "absenteeism", "wip_age", "oee"]) {
      const { rows } = lineboard(app, ADMIN, "kpi", kpi, ...days);
      same(await number(hand, `kpi-card-${kpi}`), rows[0].value, kpi);
    }
    assert.equal((await hand.browser.$$(named("kpi-card-headline"))).length <= 1, true, "one delivery figure decides");
  });

  step("marks the delivery figure that a client chose", async () => {
    await onlyClient(hand, "ALBA");
    const filters = { lines: null, shifts: null, products: null };
    const answer = await app.ask("kpi_ask", { kpi: "otd", clients: [await idOf(app, "ALBA")], from: days[1], to: days[3], by: [], ...filters });
    const marked = await hand.browser.execute(() => [...document.querySelectorAll('[data-test="kpi-card-headline"]')].map((mark) => mark.closest(".kpi").dataset.test));
    assert.deepEqual(marked, [`kpi-card-${answer.headline}`]);
    const bands = await hand.browser.$$(named("age-band"));
    assert.equal(await bands.length, 4, "the WIP card shows its bands");
    await onlyClient(hand, null);
  });

  step("says why efficiency changed, in parts that add up, as the command line does", async () => {
    // From the keyboard: the card, then the parts of its page, one after the other.
    await hand.tabTo("kpi-open-efficiency");
    await hand.press("Enter");
    await hand.see("kpi-back");
    assert.equal(await hand.focused(), "kpi-back");
    await hand.see("waterfall", 30_000);
    for (const part of ["detail-value", "known-open", "step-day", "trend-chart", "versus-previous", "by-line"]) await hand.tabTo(part);
    const told = lineboard(app, ADMIN, "why", "efficiency", ...days);
    const parts = await values(hand, "why-part");
    same(await number(hand, "why-before"), told.before.value, "before");
    same(await number(hand, "why-after"), told.after.value, "after");
    same((await number(hand, "why-before")) + parts.reduce((sum, part) => sum + part, 0), told.after.value, "the sum of the parts");
    assert.deepEqual(parts.length, told.factors.length);
  });

  step("draws control limits, signals and a forecast as the command line has them", async () => {
    const course = (kpi) => lineboard(app, ADMIN, "course", kpi, ...days, "--ahead", "14");
    const kpi = ["ppm", "dpmo", "fpy", "scrap_rate"].find((code) => course(code).chart.signals.length > 0);
    assert.ok(kpi, "some day of the demo is no chance");
    await open(hand, kpi);
    await hand.click("step-day");
    const told = course(kpi);
    const limits = await hand.see("course-limits");
    same(Number(await limits.getAttribute("data-centre")), told.chart.centre, "the centre");
    const chart = await hand.see("trend-chart");
    const marked = new Set(told.chart.signals.flatMap((signal) => signal.days));
    assert.equal(Number(await chart.getAttribute("data-signals")), marked.size);
    assert.equal(Number(await chart.getAttribute("data-ahead")), told.forecast.points.length);
    assert.equal(await drawn(hand, "--warn"), marked.size, "each of them is drawn");
    const rules = new Set(told.chart.signals.map((signal) => signal.rule));
    assert.equal(await (await hand.browser.$$(named("course-signal"))).length, rules.size, "each broken rule is named");
    await hand.click("trend-table-toggle");
    await hand.see("trend-table");
    assert.equal(await (await hand.browser.$$(named("trend-signal"))).length, marked.size, "the table names the rules");
    assert.equal(await (await hand.browser.$$(named("trend-ahead"))).length, told.forecast.points.length);
    await look(hand, "detail-table");
    await hand.click("trend-table-toggle");
  });

  step("says plainly where there is not enough data", async () => {
    await hand.click("period-7d");
    await hand.reads("course-forecast", / of 14 days/);
    await look(hand, "detail-few-days");
    await hand.click("period-30d");
    await hand.reads("course-forecast", /Tested on the past/);
  });

  step("breaks a KPI down by everything the engine allows", async () => {
    await open(hand, "wip_age");
    for (const by of ["line", "product", "order", "priority", "client"]) {
      await hand.click(`by-${by}`);
      await hand.see("breakdown-row");
    }
    await hand.see("ages-row");
    await open(hand, "absenteeism");
    await hand.click("by-department");
    await hand.see("breakdown-row");
  });

  step("shows a figure as it was known then, and says so", async () => {
    await open(hand, "otif");
    const now = await number(hand, "detail-value");
    await then(hand, "2020-01-01");
    await hand.reads("known-banner", "2020");
    await hand.browser.waitUntil(async () => (await (await hand.see("detail-value")).getAttribute("data-value")) === "", { timeoutMsg: "nothing was known in 2020" });
    await hand.see("trend-empty", 60_000);
    await look(hand, "detail-known");
    await hand.click("known-now");
    await hand.gone("known-banner");
    await hand.see("trend-chart");
    await hand.browser.waitUntil(async () => (await number(hand, "detail-value")) === now);
    await hand.click("kpi-back");
    await hand.see("kpi-cards");
    assert.equal(await hand.focused(), "kpi-open-otif", "the focus is back where it came from");
  });

  for (const how of LOOKS) {
    step(`looks: ${how.language}, ${how.theme}, ${how.width} × ${how.height}`, () => looked(hand, how));
  }

  step("refuses a viewer the past of people, in words", async () => {
    await wear(hand, LOOKS[0]);
    await addUser(hand, VIEWER, ["ALBA"]);
    await hand.logOut();
    await hand.logInFirst(VIEWER);
    await hand.go("board");
    await open(hand, "absenteeism");
    await then(hand, "2020-01-01");
    const fault = await hand.see("known-fault");
    assert.equal(await fault.getAttribute("data-code"), "forbidden");
    await look(hand, "detail-refused");
  });
});

/** Pictures of the board, family by family, and of details that differ in kind. */
async function looked(hand, how) {
  await wear(hand, how);
  await hand.go("board");
  for (const family of ["all", ...FAMILIES]) {
    await hand.click(`family-${family}`);
    await scroll(hand, 0);
    await look(hand, `board-${family}-${how.name}`);
  }
  await hand.click("family-all");
  for (const kpi of ["efficiency", "ppm", "otif", "wip_age", "absenteeism"]) {
    await open(hand, kpi);
    await hand.see("breakdown-row");
    await look(hand, `detail-${kpi}-${how.name}`);
    await scroll(hand, 100_000);
    await look(hand, `detail-${kpi}-foot-${how.name}`);
  }
  await open(hand, "otif");
  await hand.click("detail-value");
  await hand.see("explain-order");
  await look(hand, `explain-otif-${how.name}`);
  await hand.press("Escape");
  await hand.click("kpi-back");
}

async function open(hand, kpi) {
  if (await hand.sees("kpi-back")) await hand.click("kpi-back");
  await hand.click(`kpi-open-${kpi}`);
  await hand.see("kpi-detail");
}

const scroll = (hand, to) => hand.browser.execute((to) => document.querySelector("main").scrollTo(0, to), to);

async function then(hand, day) {
  await hand.click("known-open");
  await hand.fill("known-day", day);
  await hand.fill("known-time", "12:00");
  await hand.click("known-ask");
  await hand.see("known-banner");
}

/** The value behind a named part, as it was computed. */
async function number(hand, name) {
  const text = await (await hand.see(name)).getAttribute("data-value");
  assert.notEqual(text, "", `${name} has a value`);
  return Number(text);
}

const values = (hand, name) =>
  hand.browser.execute((selector) => [...document.querySelectorAll(selector)].map((part) => Number(part.dataset.value)), named(name));

/** How many marks of the chart have a token's colour. */
const drawn = (hand, token) =>
  hand.browser.execute((token) => {
    const wanted = getComputedStyle(document.documentElement).getPropertyValue(token).trim().toLowerCase();
    const paths = [...document.querySelectorAll('[data-test="trend-chart"] path')];
    return paths.filter((path) => [path.getAttribute("fill"), path.getAttribute("stroke")].some((color) => color?.toLowerCase() === wanted)).length;
  }, token);

const idOf = async (app, code) => (await app.ask("app_state")).session.clients.find((client) => client.code === code).id;

/** Filters the board by one client; by none again. */
async function onlyClient(hand, code) {
  await hand.click("filter-clients");
  await hand.click("filter-clients-all");
  if (code) {
    const offers = await hand.browser.$$(named("filter-clients-option"));
    for (const offer of offers) if ((await offer.getText()).startsWith(code)) await offer.click();
  }
  await hand.press("Escape");
  await hand.quiet();
}
