// A leader who is assigned to one client sees its real figures, and nothing of the other client.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";
import { App } from "../harness/app.mjs";
import { ADMIN_ONLY, WITHOUT_CLIENT, canaries, commands, leaks, mark, questions } from "../harness/foreign.mjs";
import { garment } from "../harness/garment.mjs";
import { Hand } from "../harness/hand.mjs";
import { ADMIN, LEADER } from "../harness/people.mjs";
import { story } from "../harness/steps.mjs";
import { addUser, cardFigure, explainFirstDay, importFile, openBoard, openTrend } from "../harness/work.mjs";

describe("the garment factory, from first start to a leader's chart", () => {
  let app, hand, files, rows, words, own, foreign;
  const step = story((name) => app.picture(name));

  before(async () => {
    files = garment((line) => console.log(line));
    app = await App.fresh();
    hand = new Hand(app);
    await app.open();
  });
  after(() => app.end());

  step("starts empty and makes the first admin", async () => {
    assert.equal((await app.ask("app_state")).first_start, true);
    await hand.firstStart(ADMIN);
    assert.equal((await app.ask("app_state")).session.role, "admin");
  });

  step("imports production and stops as the files are", async () => {
    await hand.click("first-start-import");
    await importFile(hand, "production", files.production, rowsOf(files.production).length);
    await importFile(hand, "downtime", files.stops, rowsOf(files.stops).length);
  });

  step("adds a leader for SEWING only", async () => {
    const { clients } = (await app.ask("app_state")).session;
    own = clients.find((client) => client.code === "SEWING");
    foreign = clients.find((client) => client.code === "FINISHING");
    rows = await mark(app, foreign);
    words = canaries(foreign, rows, productsOf(files.production, "FINISHING", "SEWING"));
    await addUser(hand, LEADER, ["SEWING"]);
    await hand.logOut();
    await hand.logInFirst(LEADER);
    const { session } = await app.ask("app_state");
    assert.deepEqual([session.role, session.clients.map((client) => client.code)], ["leader", ["SEWING"]]);
  });

  step("shows SEWING's efficiency and its chart of 59 days", async () => {
    await openBoard(hand);
    await hand.browser.waitUntil(async () => (await cardFigure(hand, "efficiency")).includes(files.efficiency), {
      timeout: 20_000, timeoutMsg: `efficiency should be ${files.efficiency}`,
    });
    await app.picture("board-leader");
    assert.equal(await openTrend(hand, "efficiency"), files.days);
    await app.picture("trend-leader");
  });

  step("explains one day down to its rows", async () => {
    const { total, shifts, ids } = await explainFirstDay(hand);
    const day = rowsOf(files.production).filter((row) => row[1] === "SEWING" && row[2] === "2015-01-01");
    assert.deepEqual([total, shifts], [day.length, day.length]);
    assert.ok(ids.length >= day.length, "each team's row is there");
    await app.painted();
    await app.picture("explain-leader");
    await hand.press("Escape");
  });

  step("names FINISHING on no screen, in no list and in no count", async () => {
    for (const screen of ["board", "shift", "import", "setup"]) {
      await hand.go(screen);
      await hand.quiet();
      assert.deepEqual(leaks(await hand.text(), words), [], `${screen} shows FINISHING`);
    }
    for (const table of Object.keys(rows)) {
      const list = await app.ask(`${table}_list`, { client_id: null, limit: 100_000 });
      assert.deepEqual(leaks(JSON.stringify(list), words), [], `${table}_list shows FINISHING`);
    }
    const filters = await app.ask("filters");
    assert.deepEqual(leaks(JSON.stringify(filters), words), []);
    const entries = await app.ask("production_entry_list", { client_id: null, limit: 100_000 });
    assert.equal(entries.length, rowsOf(files.production).filter((row) => row[1] === "SEWING").length);
  });

  step("answers every command about FINISHING with: not found", async () => {
    const asked = questions(foreign, own, rows);
    const admin = ADMIN_ONLY(foreign);
    const forgotten = commands().filter((name) => {
      return ![asked, admin, WITHOUT_CLIENT].some((list) => name in list) && !["logout", "import_begin", "import_chunk"].includes(name);
    });
    assert.deepEqual(forgotten, [], "every command has a question");
    for (const [name, inputs] of Object.entries(asked)) {
      for (const input of inputs) {
        const put = typeof input === "function" ? input(await upload(app, files.stops)) : input;
        const { ok, fault } = await app.call(name, put);
        assert.equal(fault?.code, "missing", `${name} ${JSON.stringify(put)} answered ${JSON.stringify(ok ?? fault)}`);
        assert.deepEqual(leaks(JSON.stringify(fault), words), [], `${name} tells of FINISHING`);
      }
    }
    for (const [name, input] of Object.entries(admin)) {
      const { fault } = await app.call(name, input);
      assert.ok(fault, `${name} is the admin's`);
      assert.deepEqual(leaks(JSON.stringify(fault), words), [], `${name} tells of FINISHING`);
    }
    for (const [name, input] of Object.entries(WITHOUT_CLIENT)) {
      const answer = await app.call(name, input);
      assert.deepEqual(leaks(JSON.stringify(answer), words), [], `${name} tells of FINISHING`);
    }
  });
});

const rowsOf = (file) => readFileSync(file, "utf8").trimEnd().split("\n").slice(1).map((line) => line.split(","));

/** Products the first client makes and the second never does. */
function productsOf(file, client, other) {
  const made = (code) => new Set(rowsOf(file).filter((row) => row[1] === code).map((row) => row[5]));
  const others = made(other);
  return [...made(client)].filter((product) => !others.has(product));
}

/** Sends a file past the screen and returns its token. */
async function upload(app, file) {
  const bytes = [...readFileSync(file)];
  const { token } = await app.ask("import_begin", { name: "stops.csv", size: bytes.length });
  await app.browser.executeAsync((token, bytes, done) => {
    const headers = { token, offset: "0" };
    window.__TAURI_INTERNALS__.invoke("import_chunk", new Uint8Array(bytes), { headers }).then(done, done);
  }, token, bytes);
  return token;
}
