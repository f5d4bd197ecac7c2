// How a screen is looked at: both themes, both languages, the smallest and a common size.
import assert from "node:assert/strict";

export const LOOKS = [
  { name: "light", theme: "light", language: "en", width: 1366, height: 768 },
  { name: "dark", theme: "dark", language: "en", width: 1366, height: 768 },
  { name: "es", theme: "light", language: "es", width: 1366, height: 768 },
  { name: "es-dark-large", theme: "dark", language: "es", width: 1920, height: 1080 },
];

/** A key that was never given words, such as `board.estimated`. */
const RAW_KEY =
  /\b(?:act|board|by|column|common|conflicts|course|creates|date|delay|direction|element|explain|factor|family|fault|field|first|floor|frame|grid|hold_state|import|join|kind|kpi|login|mark|office|order_status|password|pick|rail|refused|role|rule|setup|source|start|status|step|sync|sync_state|sync_trouble|table|theme|title|top|unit|user|verdict|versus|welcome|why|why_part|why_refused)\.[a-z_]{2,}/;

/** Gives the window a size, a theme and a language. */
export async function wear(hand, how) {
  await hand.browser.setWindowSize(how.width, how.height);
  await hand.menu(`theme-${how.theme}`, `language-${how.language}`);
  await hand.press("Escape");
}

/** Takes a picture and checks what every screen owes: it fits, and every text has words. */
export async function look(hand, name) {
  await hand.quiet();
  await hand.app.painted();
  await hand.app.picture(name);
  const { wide, text } = await hand.browser.execute(() => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    text: document.body.innerText,
  }));
  assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
  assert.equal(text.match(/\{[a-z_]+\}/)?.[0], undefined, `${name} shows a place that nothing was put in`);
  assert.equal(text.match(RAW_KEY)?.[0], undefined, `${name} shows a key instead of words`);
}
