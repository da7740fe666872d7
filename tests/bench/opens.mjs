// SPDX-License-Identifier: MIT
// How long a page takes to open in a real browser: the median of nine, in milliseconds.
//
//     node opens.mjs FOLDER_OF_NODE_MODULES PAGE
import { load, open } from '../report/browser.mjs';

const [modules, file] = process.argv.slice(2);
const { browser } = await open(modules);
const times = [];
for (let turn = 0; turn < 10; ++turn) {
  const { page } = await load(browser, file);
  const took = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
  if (turn > 0) times.push(took);  // the first one warms the browser
  await page.context().close();
}
await browser.close();
console.log(Math.round(times.sort((a, b) => a - b)[4]));
