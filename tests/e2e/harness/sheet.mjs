// The sheet of a shift, typed.

/** Hours that lie in the future may not be typed, so the whole of yesterday's shift is. */
export async function toYesterday(hand) {
  await hand.see("draft-mark");
  const today = await day(hand);
  await hand.tabTo("shift-day-before");
  await hand.press("Enter");
  // Today's sheet may still stand there.
  const before = async () => {
    const shown = await day(hand);
    return Boolean(shown) && shown < today;
  };
  await hand.browser.waitUntil(before, { timeoutMsg: "the day before is not shown" });
  await hand.see("cell-7-0");
}

export async function typeHour(hand, plant, [produced, defective]) {
  await typeCells(hand, [plant.product.code, produced, defective || "", "", "", ""]);
}

/** Types a row's cells, each left by Tab. */
export async function typeCells(hand, cells) {
  for (const cell of cells) {
    await hand.type(cell);
    await hand.press("Tab");
  }
}

/** The day of the sheet that is shown, if one is. */
const day = (hand) => hand.browser.execute(() => document.querySelector('[data-test="draft-mark"]')?.dataset.day);

export const state = async (hand) => (await hand.see("draft-mark")).getAttribute("data-state");

export async function saved(hand) {
  await hand.browser.waitUntil(async () => (await state(hand)) === "saved", {
    timeout: 20_000, timeoutMsg: "the shift is not saved",
  }).catch(async (why) => {
    const said = (await hand.sees("save-error")) ? await hand.read("save-error") : "nothing";
    throw new Error(`${why.message}; the screen says ${said}`);
  });
}
