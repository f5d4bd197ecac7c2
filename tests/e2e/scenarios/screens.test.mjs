// Every screen in both themes and both languages, at the smallest and at a common size.
import { after, before, describe } from "node:test";
import { App } from "../harness/app.mjs";
import { Hand } from "../harness/hand.mjs";
import { LOOKS, look, wear } from "../harness/looks.mjs";
import { ADMIN } from "../harness/people.mjs";
import { story } from "../harness/steps.mjs";
import { openTrend } from "../harness/work.mjs";

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
      await wear(hand, how);
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
