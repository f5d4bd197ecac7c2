// Two windows and a hub: both type the same hour with the cable out, and agree afterwards.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { App } from "../harness/app.mjs";
import { lineboard } from "../harness/cli.mjs";
import { Hand } from "../harness/hand.mjs";
import { Hub } from "../harness/hub.mjs";
import { LOOKS, look, wear } from "../harness/looks.mjs";
import { ADMIN, SUPERVISOR } from "../harness/people.mjs";
import { smallPlant } from "../harness/plant.mjs";
import { saved, toYesterday, typeHour } from "../harness/sheet.mjs";
import { story } from "../harness/steps.mjs";

const SECOND = { name: "bea", password: "a second PC at line four" };
const THIRD = { name: "tom", password: "a red lamp over line two" };
const ANOTHER = "a green lamp over line three";
const [MINE, THEIRS] = [52, 58];
const PATIENCE = 90_000;

describe("two windows and a hub", () => {
  let hub, first, second, here, there, plant, card;
  const step = story(async (name) => {
    await first?.picture(name);
    await second?.picture(`${name}-second`);
  });

  before(async () => {
    hub = await Hub.start();
    [first, second] = [await App.fresh(), await App.fresh()];
    [here, there] = [new Hand(first), new Hand(second)];
    await first.open();
    await first.ask("first_start", { ...ADMIN, display_name: ADMIN.name, language: "en" });
    plant = await smallPlant(first, [SUPERVISOR]);
    await first.ask("logout");
    await first.close();
    await first.open();
    await second.open();
  });
  after(async () => {
    await first?.end();
    await second?.end();
    await hub?.end();
  });

  step("an admin brings the first one to the hub, with its plant", async () => {
    const file = path.join(first.folder, "card.json");
    lineboard(first, ADMIN, "card", file);
    hub.admin("card", file);
    card = JSON.parse(readFileSync(file, "utf8"));
    await here.logIn(ADMIN);
    await here.go("sync");
    await look(here, "join");
    await joinByHand(here, hub, "Office");
    await here.see("sync-state", PATIENCE);
    await assign(first, ADMIN, SUPERVISOR);
    // A PC to which nobody's clients belong is at rest, too: with the pool alone.
    await here.go("sync");
    await shown(here, `[data-client="${plant.client.code}"]`);
    await atRest(here);
    await here.logOut();
  });

  step("the second one is empty, joins, and has the plant", async () => {
    await second.ask("first_start", { ...SECOND, display_name: SECOND.name, language: "en" });
    const code = hub.admin("code").code;
    const certificate = readFileSync(hub.certificate, "utf8");
    await second.ask("hub_join", { address: hub.address, certificate, name: "Line 4", code });
    await assign(second, SUPERVISOR, ADMIN);
    // The hub's people come with its list.
    await there.browser.waitUntil(async () => (await second.ask("user_list")).some((user) => user.name === SUPERVISOR.name), {
      timeout: PATIENCE, interval: 500, timeoutMsg: "the hub's people do not come",
    });
    await second.ask("logout");
    await second.close();
    await second.open();
    await there.logIn(SUPERVISOR);
    await atRest(there);
    await here.logIn(SUPERVISOR);
  });

  step("with the cable out both type the same hour, and both say what waits", async () => {
    await hub.cable.pull();
    for (const [hand, produced] of [[here, MINE], [there, THEIRS]]) {
      await hand.go("shift");
      await hand.see("cell-0-0");
      await toYesterday(hand);
      await hand.tabTo("cell-0-0");
      await typeHour(hand, plant, [produced, 0]);
      await hand.press("Control", "s");
      await saved(hand);
      await stands(hand, "away");
      const line = await hand.see("status-sync");
      await hand.browser.waitUntil(async () => Number(await line.getAttribute("data-waiting")) > 0, { timeout: PATIENCE });
      assert.deepEqual(await rows(hand.app, plant), { shifts: 1, entries: [produced] });
    }
    await here.go("sync");
    await here.see("sync-trouble");
    await look(here, "sync-away");
  });

  step("with the cable in both have one row, and each knows that another was typed", async () => {
    await hub.cable.plug();
    for (const hand of [here, there, here]) {
      await hand.go("sync");
      await hand.click("sync-now");
      await atRest(hand);
    }
    await atRest(there);
    await agree(first, second, plant);
    const one = await rows(first, plant);
    assert.equal(one.shifts, 1);
    assert.equal(one.entries.length, 1, "once");
    for (const hand of [here, there]) {
      await hand.reads("rail-count", "1");
      await hand.go("shift");
      await hand.see("cell-0-0");
      await toYesterday(hand);
      await hand.see("mark-review");
    }
    await look(here, "shift-review");
  });

  for (const how of LOOKS) {
    step(`looks: ${how.language}, ${how.theme}, ${how.width} × ${how.height}`, async () => {
      await wear(there, how);
      for (const screen of ["conflicts", "sync"]) {
        await there.go(screen);
        await look(there, `${screen}-${how.name}`);
      }
    });
  }

  step("a supervisor decides, and both agree", async () => {
    await wear(there, LOOKS[0]);
    await there.go("conflicts");
    const taken = Number((await there.read("take-produced")).match(/\d+/)[0]);
    const kept = Number((await there.read("keep-produced")).match(/\d+/)[0]);
    assert.deepEqual([taken, kept].sort(), [MINE, THEIRS], "both values are shown");
    const written = (await there.read("take-produced")) + (await there.read("keep-produced"));
    assert.match(written, /sara on Office/);
    assert.match(written, /sara on Line 4/);
    await there.click("take-produced");
    const [reason] = await there.browser.$$('[data-test^="reason-"][data-test$="-0"]');
    await reason.click();
    await there.click("conflict-decide");
    await there.see("conflicts-none");
    for (const hand of [there, here]) {
      await hand.go("sync");
      await hand.click("sync-now");
      await atRest(hand);
      await hand.browser.waitUntil(async () => (await rows(hand.app, plant)).entries[0] === taken, { timeout: PATIENCE });
      await hand.go("shift");
      await hand.see("cell-0-0");
      await toYesterday(hand);
      await hand.reads("cell-0-1", String(taken));
      await hand.gone("mark-review");
    }
    assert.deepEqual(await first.ask("to_see_to"), { conflicts: 0, refused: 0 });
  });

  step("who lost his right meanwhile reads why his entry was not taken, and somebody else lets it go", async () => {
    await hub.cable.pull();
    await there.tabTo("cell-1-0");
    await typeHour(there, plant, [61, 0]);
    await there.press("Control", "s");
    await saved(there);
    const sara = card.people.find((person) => person.login === SUPERVISOR.name).user;
    const viewer = card.people.map((person) => (person.user === sara ? { ...person, role: "viewer" } : person));
    const file = path.join(first.folder, "viewer.json");
    writeFileSync(file, JSON.stringify({ ...card, people: viewer }));
    hub.admin("card", file);
    await hub.cable.plug();
    await second.ask("sync_now");
    await there.see("rail-conflicts", PATIENCE);
    await there.go("conflicts");
    await there.see("refused-others");
    await there.logOut();
    await there.logIn(ADMIN);
    await there.go("conflicts");
    await there.see("refused");
    await look(there, "refused");
    await there.click("refused-let-go");
    await there.click("let-go-reason-2");
    await there.click("let-go-submit");
    await there.browser.waitUntil(async () => (await second.ask("refused_list")).length === 0, { timeout: PATIENCE });
    await there.see("conflicts-none");
    assert.equal((await rows(first, plant)).entries.length, 1);
  });

  step("an admin takes somebody in at the hub, from the window of a PC", async () => {
    await there.go("users");
    await there.see("office-enter");
    await look(there, "office-enter");
    await there.fill("office-password", "not this password");
    await there.click("office-enter-submit");
    await there.see("office-enter-fault");
    await there.fill("office-password", ADMIN.password);
    await there.click("office-enter-submit");
    await there.see("office-people");
    await there.click("office-add");
    await there.fill("office-person-login", THIRD.name);
    await there.fill("office-person-password", "short");
    await there.click("office-client-" + plant.client.code);
    await there.click("office-pc-Office");
    await there.click("office-person-save");
    await there.see("office-person-password-error");
    await there.fill("office-person-password", THIRD.password);
    await look(there, "office-person");
    // Who was out for too long comes in anew beside the form, and nothing typed is gone.
    await second.ask("office_want", { want: { want: "leave" } });
    await there.click("office-person-save");
    await there.see("office-enter");
    await look(there, "office-person-anew");
    await there.fill("office-password", ADMIN.password);
    await there.click("office-enter-submit");
    await there.gone("office-enter");
    await there.click("office-person-save");
    await there.see(`office-edit-${THIRD.name}`);
    await there.click(`office-password-${SUPERVISOR.name}`);
    await there.fill("user-new-password-field", "a blue crane over hall nine");
    await look(there, "office-password");
    await there.click("user-password-save");
    await there.gone("user-password-dialog");
    await there.click("office-code");
    assert.match(await (await there.see("office-code-shown")).getAttribute("data-code"), /^\w{4}-\w{8}$/);
  });

  for (const how of LOOKS) {
    step(`looks of the office: ${how.language}, ${how.theme}, ${how.width} × ${how.height}`, async () => {
      await wear(there, how);
      await there.go("users");
      await there.see("office-people");
      await look(there, `office-${how.name}`);
    });
  }

  step("and he works on the PC he was given, as what he was taken in for", async () => {
    await here.logOut();
    await here.logIn(ADMIN);
    await here.browser.waitUntil(async () => {
      await first.ask("sync_now");
      return (await first.ask("user_list")).some((user) => user.name === THIRD.name);
    }, { timeout: PATIENCE, interval: 1000, timeoutMsg: "who was taken in does not come to the PC" });
    await here.logOut();
    await here.logIn(THIRD);
    const { session } = await first.ask("app_state");
    assert.deepEqual([session.role, session.clients.map((c) => c.code)], ["supervisor", [plant.client.code]]);
  });

  step("his own password he changes at the PC, and it holds at the hub", async () => {
    const refused = await first.call("password_change", { old: "not his password", new: ANOTHER });
    assert.deepEqual([refused.fault?.code, refused.fault?.field], ["bad_login", "old"]);
    await first.ask("password_change", { old: THIRD.password, new: ANOTHER });
    // It comes back to this PC with the hub's next word.
    await here.browser.waitUntil(async () => {
      // Between the two tries the new one may have come: then neither is asked for, and the next round is let in.
      await first.call("sync_now");
      await first.call("logout");
      const entered = await first.call("login", { name: THIRD.name, password: ANOTHER });
      if (!entered.ok) await first.call("login", { name: THIRD.name, password: THIRD.password });
      return entered.ok;
    }, { timeout: PATIENCE, interval: 1500, timeoutMsg: "the new password does not come back" });
  });

  step("a PC of which the hub takes nothing any more comes back with a code, and all of it is there", async () => {
    const { device } = await second.ask("sync_status");
    hub.postgres.run("psql", "-d", "hub", "-c", `UPDATE hub.token SET ended = true WHERE device = '${device}'`);
    await second.ask("sync_now");
    await there.go("sync");
    await there.see("again-form", PATIENCE);
    await look(there, "again");
    await there.fill("again-code", "WRONG-CODE");
    await there.click("again-submit");
    await there.see("again-code-error");
    await there.fill("again-code", hub.admin("code").code);
    await there.click("again-submit");
    await there.gone("again-form");
    await atRest(there);
    await shown(there, `[data-client="${plant.client.code}"]`);
  });

  step("a client that is withdrawn is in no file of the PC any more, those of its page included", async () => {
    const { clients } = await second.ask("sync_status");
    assert.ok(clients.some((client) => client.client_id === plant.client.id), "it was there");
    for (const { user } of card.people) hub.admin("withdraw", user, plant.client.id);
    await there.browser.waitUntil(async () => {
      await second.ask("sync_now");
      return !(await second.ask("sync_status")).clients.some((client) => client.client_id === plant.client.id);
    }, { timeout: PATIENCE, interval: 1000, timeoutMsg: "the client does not go" });
    await second.close();
    const marks = [plant.client.name, plant.client.id, "Waiting for material"];
    assert.deepEqual(naming(second.folder, marks), []);
    // Whoever looks would find it.
    writeFileSync(path.join(second.data, "control"), `… ${plant.client.name} …`);
    assert.deepEqual(naming(second.folder, marks), ["data/control"]);
  });

  /** The hub says that people work on a PC. */
  async function assign(app, ...people) {
    await app.browser.waitUntil(async () => (await app.call("sync_status")).ok, { timeout: PATIENCE });
    const { device } = await app.ask("sync_status");
    for (const { name } of people) hub.admin("assign", card.people.find((person) => person.login === name).user, device);
    await app.ask("sync_now");
  }
});

/** The files of a folder in which one of these texts stands. */
function naming(folder, texts) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const whole = files.map((entry) => path.join(entry.parentPath, entry.name));
  return whole.filter((file) => texts.some((text) => readFileSync(file).includes(text))).map((file) => path.relative(folder, file));
}

async function joinByHand(hand, hub, name) {
  await hand.fill("join-address", hub.address);
  await hand.choose("join-certificate", hub.certificate);
  await hand.see("join-certificate-name");
  await hand.fill("join-name", name);
  await hand.fill("join-code", "WRONG-CODE");
  await hand.click("join-submit");
  await hand.see("join-code-error");
  await hand.fill("join-code", hub.admin("code").code);
  await hand.click("join-submit");
}

/** Waits until the page of the hub has a log of this kind. */
async function shown(hand, kind) {
  const row = await hand.browser.$(`[data-test="sync-client"]${kind}`);
  await row.waitForDisplayed({ timeout: PATIENCE, timeoutMsg: `no log with ${kind} is shown` });
}

/** Waits until the status line says how it stands. */
async function stands(hand, state) {
  let last;
  await hand.browser.waitUntil(async () => (last = await (await hand.see("status-sync")).getAttribute("data-state")) === state, {
    timeout: PATIENCE, interval: 300,
  }).catch(async () => {
    const status = JSON.stringify(await hand.app.ask("sync_status"));
    throw new Error(`it should stand at ${state}, and stands at ${last}: ${status}`);
  });
}

const atRest = (hand) => stands(hand, "rest");

/** Waits until two PCs show the same: one that was at rest may not yet have heard of the other's last. */
async function agree(one, other, plant) {
  const both = async () => [await rows(one, plant), await rows(other, plant)];
  await one.browser.waitUntil(async () => isDeepStrictEqual(...(await both())), { timeout: PATIENCE, interval: 300 }).catch(async () => {
    assert.deepEqual(...(await both()), "both show the same");
  });
}

/** The line shifts, and the counts of the production entries. */
async function rows(app, plant) {
  const list = (table) => app.ask(`${table}_list`, { client_id: plant.client.id, limit: 1000 });
  const entries = (await list("production_entry")).map((entry) => entry.produced);
  return { shifts: (await list("line_shift")).length, entries };
}
