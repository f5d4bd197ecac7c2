// Every screen in both themes and both languages, at the smallest and at a common size.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { App } from "../harness/app.mjs";
import { Hand } from "../harness/hand.mjs";
import { ADMIN } from "../harness/people.mjs";
import { story } from "../harness/steps.mjs";
import { openTrend } from "../harness/work.mjs";

const LOOKS = [
  { name: "light", theme: "light", language: "en", width: 1366, height: 768 },
  { name: "dark", theme: "dark", language: "en", width: 1366, height: 768 },
  { name: "es", theme: "light", language: "es", width: 1366, height: 768 },
  { name: "es-dark-large", theme: "dark", language: "es", width: 1920, height: 1080 },
];

/** A key that was never given words, such as `board.estimated`. */
const RAW_KEY = /\b(?:board|by|common|creates|element|explain|fault|field|first|floor|frame|grid|import|kind|login|mark|password|pick|rail|role|setup|source|start|status|step|theme|title|top|unit|user|verdict|welcome|why)\.[a-z_]{2,}/;

describe("every screen, looked at", () => {
  let app, hand;
  const step = story((name) => app.picture(name));

  before(async () => {
    app = await App.fresh();
    hand = new Hand(app);
    await app.open();
  });
  after(() => app.end());

  step("first start and the ways to begin", async () => {
    await look(hand, "first-start");
    await hand.firstStart(ADMIN);
    await look(hand, "welcome");
    await hand.click("first-start-demo");
    await hand.see("kpi-cards", 120_000);
  });

  for (const how of LOOKS) {
    step(`${how.language}, ${how.theme}, ${how.width} × ${how.height}`, async () => {
      await hand.browser.setWindowSize(how.width, how.height);
      await hand.menu(`theme-${how.theme}`, `language-${how.language}`);
      await hand.press("Escape");
      for (const screen of ["board", "shift", "import", "setup", "clients", "users"]) {
        await hand.go(screen);
        await look(hand, `${screen}-${how.name}`);
      }
      await hand.go("board");
      await openTrend(hand, "efficiency");
      await look(hand, `trend-${how.name}`);
      await hand.click("detail-value");
      await hand.see("explain-value");
      await look(hand, `explain-${how.name}`);
      await hand.press("Escape");
      await hand.click("kpi-back");
    });
  }

  step("the log-in", async () => {
    await hand.logOut();
    await look(hand, "login");
  });
});

/** Takes a picture and checks what every screen owes: it fits, and every text has words. */
async function look(hand, name) {
  await hand.quiet();
  await hand.app.picture(name);
  const { wide, text } = await hand.browser.execute(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    text: document.body.innerText,
  }));
  assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
  assert.equal(text.match(RAW_KEY)?.[0], undefined, `${name} shows a key instead of words`);
}
