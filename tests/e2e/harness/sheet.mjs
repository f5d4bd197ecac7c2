// The sheet of a shift, typed.

/** Hours that lie in the future may not be typed, so the whole of yesterday's shift is. */
export async function toYesterday(hand) {
  await hand.tabTo("shift-day-before");
  await hand.press("Enter");
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

export const state = async (hand) => (await hand.see("draft-mark")).getAttribute("data-state");

export async function saved(hand) {
  await hand.browser.waitUntil(async () => (await state(hand)) === "saved", {
    timeout: 20_000, timeoutMsg: "the shift is not saved",
  }).catch(async (why) => {
    const said = (await hand.sees("save-error")) ? await hand.read("save-error") : "nothing";
    throw new Error(`${why.message}; the screen says ${said}`);
  });
}
