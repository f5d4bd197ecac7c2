// A supervisor types a shift with the keyboard alone, and a power cut takes nothing away.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { App } from "../harness/app.mjs";
import { Hand } from "../harness/hand.mjs";
import { ADMIN, SUPERVISOR } from "../harness/people.mjs";
import { smallPlant } from "../harness/plant.mjs";
import { state, saved, toYesterday, typeCells, typeHour } from "../harness/sheet.mjs";
import { story } from "../harness/steps.mjs";

const HOURS = [[52, 1], [58, 0], [61, 2], [57, 0], [49, 0], [60, 1], [63, 0], [55, 0]];
const CONFIRMED = 5;
const STOPS = [["JAM", 12], ["WAIT", 7]];
/** Hour, defect, quantity. */
const REJECTS = [[0, "scratch", 2], [2, "short", 1]];

describe("a shift from the keyboard", () => {
  let app, hand, plant;
  const step = story((name) => app.picture(name));

  before(async () => {
    app = await App.fresh();
    hand = new Hand(app);
    await app.open();
    await app.ask("first_start", { ...ADMIN, display_name: ADMIN.name, language: "en" });
    plant = await smallPlant(app, [SUPERVISOR]);
    await app.ask("logout");
    await app.close();
    await app.open();
  });
  after(() => app.end());

  step("takes hourly rows and confirms them without the mouse", async () => {
    await keysLogIn(hand);
    await toYesterday(hand);
    await hand.tabTo("cell-0-0");
    for (const hour of HOURS.slice(0, CONFIRMED)) await typeHour(hand, plant, hour);
    await hand.press("Control", "s");
    await saved(hand);
    assert.deepEqual(await counts(app, plant), { entries: CONFIRMED, stops: 0, rejects: 0 });
  });

  step("keeps the confirmed rows and the draft through kill -9", async () => {
    await hand.tabTo("cell-5-0");
    for (const hour of HOURS.slice(CONFIRMED)) await typeHour(hand, plant, hour);
    await hand.tabTo("stops-cell-0-0");
    for (const [reason, minutes] of STOPS) await typeCells(hand, [reason, minutes, "", "", ""]);
    await drafted(app, hand, "WAIT");
    await app.kill();
    await app.open();
    await keysLogIn(hand);
    await toYesterday(hand);
    await hand.see("draft-restored");
    for (const [row, [produced]] of HOURS.entries()) await hand.reads(`cell-${row}-1`, String(produced));
    await hand.reads("stops-cell-1-0", "WAIT");
    assert.deepEqual(await counts(app, plant), { entries: CONFIRMED, stops: 0, rejects: 0 });
    await app.picture("shift-restored");
  });

  step("doubles nothing when the power goes while it saves", async () => {
    await hand.tabTo("rejects-cell-0-0");
    for (const [hour, defect, quantity] of REJECTS) {
      const name = await hand.read(`cell-row-${hour}`);
      await typeCells(hand, [name.trim().split(/\s/)[0], defect, quantity, ""]);
    }
    await drafted(app, hand, REJECTS[1][1]);
    await hand.press("Control", "s");
    await app.kill();
    await app.open();
    await keysLogIn(hand);
    await toYesterday(hand);
    await hand.see("draft-mark");
    if ((await state(hand)) === "unsaved") {
      await hand.press("Control", "s");
      await saved(hand);
    }
    assert.deepEqual(await counts(app, plant), { entries: 8, stops: 2, rejects: 2 });
    assert.deepEqual(await rejects(app, plant), REJECTS);
    await hand.reads("head-produced", String(HOURS.reduce((sum, [produced]) => sum + produced, 0)));
    await app.picture("shift-saved");
  });

  step("takes the last save back with Ctrl+Z and gives it again with Ctrl+Y", async () => {
    const before = await counts(app, plant);
    await hand.tabTo("cell-0-0");
    await hand.press("Control", "z");
    await hand.browser.waitUntil(async () => (await counts(app, plant)).stops < before.stops);
    await hand.press("Control", "y");
    await hand.browser.waitUntil(async () => (await counts(app, plant)).stops === before.stops);
    assert.deepEqual(await counts(app, plant), before);
  });

  step("puts down to speed with one press what neither stops nor units explain", async () => {
    await hand.fill("head-crew", "4");
    await hand.press("Control", "s");
    await saved(hand);
    const left = Number((await hand.read("head-to-explain")).replace(/\D/g, ""));
    assert.ok(left > 0, "somebody was there for longer than it took");
    await hand.click("was-speed");
    await hand.reads("speed", /\d/);
    await hand.reads("head-to-explain", /^0/);
    await hand.press("Control", "s");
    await saved(hand);
    await app.picture("shift-speed");
    const [shift] = await app.ask("line_shift_list", { client_id: plant.client.id, limit: 10 });
    assert.equal(Math.round(shift.speed_minutes), left);
    await hand.reads("head-to-explain", /^0/);
  });
});

async function keysLogIn(hand) {
  await hand.see("login-name");
  await hand.tabTo("login-name");
  await hand.type(SUPERVISOR.name);
  await hand.tabTo("login-password");
  await hand.type(SUPERVISOR.password);
  await hand.press("Enter");
  await hand.see("cell-0-0", 20_000);
}

/** Waits until the draft in the database holds a text, and all that was typed after it: what is typed is gathered for a quarter second. */
async function drafted(app, hand, text) {
  let before;
  await hand.browser.waitUntil(async () => {
    const [draft] = await app.ask("draft_list");
    const body = draft && (await app.ask("draft_get", { key: draft.key }))?.body;
    const rests = body === before;
    before = body;
    return rests && body?.includes(text);
  }, { interval: 500, timeoutMsg: `the draft does not hold ${text}` });
}

async function counts(app, plant) {
  const rows = async (table) => (await app.ask(`${table}_list`, { client_id: plant.client.id, limit: 1000 })).length;
  return { entries: await rows("production_entry"), stops: await rows("downtime_entry"), rejects: await rows("reject_detail") };
}

/** The saved rejects as hour, defect, quantity. */
async function rejects(app, plant) {
  const rows = (table) => app.ask(`${table}_list`, { client_id: plant.client.id, limit: 1000 });
  const hours = new Map((await rows("production_entry")).map((entry) => [entry.id, entry.hour]));
  const found = (await rows("reject_detail")).map((row) => [hours.get(row.production_entry_id), row.defect, row.quantity]);
  return found.sort(([one], [other]) => one - other);
}
