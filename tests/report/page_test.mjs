// SPDX-License-Identifier: MIT
// The page in a real browser: what a hand and a keyboard do, and what axe-core says of it.
//
//     node page_test.mjs FOLDER_OF_PAGES FOLDER_OF_NODE_MODULES
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { load, open } from './browser.mjs';

const [folder, modules] = process.argv.slice(2);
const { browser, axe } = await open(modules);
after(() => browser.close());
const file = (name) => join(folder, `${name}.html`);
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

for (const name of ['hang.en', 'hang.ca', 'hang.es', 'peers.en', 'hostile', 'differs', 'long', 'lost-run', 'not-built', 'passed', 'class']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in ${name}, ${colorScheme}`, async () => {
      const { page, problems } = await load(browser, file(name), { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200))]), []);
      assert.deepEqual(problems, []);
    });
  }
}

test('the page of a class tells who lost a check, and fits a phone', async () => {
  const { page, problems } = await load(browser, file('class'), PHONE);
  const check = page.locator('tr', { hasText: 'no-spare-ends' });
  await check.locator('summary').click();
  assert.equal(await check.locator('details a').count(), 8);
  assert.ok(await check.locator('details a').first().isVisible());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  assert.deepEqual(problems, []);
});

// On paper nobody opens anything: names are there by the style alone, and where a browser does not know how, by the
// script that hears of printing.
test('the page of a class prints whole, and is then as it was', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, problems } = await load(browser, file('class'), { javaScriptEnabled, colorScheme: 'dark' });
    const names = page.locator('details a');
    assert.equal(await names.count(), 10);
    assert.ok(!await names.first().isVisible());
    await page.emulateMedia({ media: 'print' });
    for (const name of await names.all()) assert.ok(await name.isVisible());
    await page.emulateMedia({ media: 'screen' });
    assert.ok(!await names.first().isVisible());
    assert.deepEqual(problems, []);
  }
  const { page, problems } = await load(browser, file('class'));
  const open = () => page.evaluate(() => [...document.querySelectorAll('details')].map((one) => one.open));
  await page.locator('details').first().locator('summary').click();
  const before = await open();
  assert.deepEqual(before, [true, false]);
  // A browser tells of printing by itself.
  await page.evaluate(() => {
    window.seen = [];
    for (const name of ['beforeprint', 'afterprint'])
      window.addEventListener(name, () => window.seen.push([name, [...document.querySelectorAll('details')].every((one) => one.open)]));
  });
  assert.ok((await page.pdf()).length > 5000);
  assert.deepEqual(await page.evaluate(() => window.seen), [['beforeprint', true], ['afterprint', false]]);
  assert.deepEqual(await open(), before);
  assert.deepEqual(problems, []);
});

test('the page says what its language says', async () => {
  const texts = { en: 'Checks', ca: 'Comprovacions', es: 'Comprobaciones' };
  for (const [lang, title] of Object.entries(texts)) {
    const { page } = await load(browser, file(`hang.${lang}`));
    assert.equal(await page.getAttribute('html', 'lang'), lang);
    assert.equal(await page.textContent('#checks h2'), title);
  }
});

test('a failed check leads to its moment, drawn, with the leaked end marked', async () => {
  const { page } = await load(browser, file('hang.en'));
  await page.click('article.failed a.to-run');
  const run = page.locator('details.run[open]');
  assert.equal(await run.locator('button[aria-pressed=true]').first().textContent(), 'running');
  assert.equal(await run.locator('svg .box').count(), 4);
  assert.equal(await run.locator('svg .joint').count(), 2);
  assert.equal(await run.locator('svg path.edge.spare').count(), 1);
  assert.match(await run.locator('.words').textContent(), /pipe B: your program 6 \(kept open, not used\), sort 1 → wc 0/);
});

test('of several runs the one that lost is opened', async () => {
  const { page } = await load(browser, file('lost-run'));
  assert.equal(await page.locator('details.run').count(), 2);
  const run = page.locator('details.run[open]');
  assert.match(await run.locator('summary').textContent(), /counts \(perturbed: interruptions\).*nothing could move any more/);
  await page.click('article.failed a.to-run');
  assert.equal(await run.count(), 1);
  assert.equal(await run.locator('button[aria-pressed=true]').first().textContent(), 'running');
  assert.equal(await run.locator('svg path.edge.spare').count(), 1);
});

test('moments and joints are chosen by keyboard', async () => {
  const { page } = await load(browser, file('hang.en'));
  const run = page.locator('details.run[open]');
  await run.locator('button', { hasText: 'start' }).focus();
  await page.keyboard.press('Enter');
  assert.match(await run.locator('figcaption').first().textContent(), /'start'/);
  await run.locator('button', { hasText: 'running' }).focus();
  await page.keyboard.press('Space');
  const joint = run.locator('svg .joint').first();
  await joint.focus();
  await page.keyboard.press('Enter');
  assert.equal(await joint.getAttribute('aria-pressed'), 'true');
  assert.ok(await run.locator('svg .dim').count() > 0);
  await page.keyboard.press('Enter');
  assert.equal(await run.locator('svg .dim').count(), 0);
});

test('a place leads to its line, which has the finding', async () => {
  const { page } = await load(browser, file('hang.en'));
  await page.click('article.failed dd a');
  const line = page.locator('#file-0-line-15');
  assert.match(await line.textContent(), /pipe\(two\).*no-spare-ends/s);
});

// The slider of the run that is open, and what it says.
function timelineOf(page) {
  const slider = page.locator('details.run[open] [role=slider]');
  return {
    slider,
    now: async () => Number(await slider.getAttribute('aria-valuenow')),
    count: async () => Number(await slider.getAttribute('aria-valuemax')),
    says: () => slider.getAttribute('aria-valuetext'),
    press: async (key) => { await slider.focus(); await page.keyboard.press(key); },
  };
}

test('the time line is walked by keyboard, and takes the wiring along', async () => {
  const { page } = await load(browser, file('hang.en'));
  const time = timelineOf(page);
  await time.press('Home');
  assert.equal(await time.now(), 1);
  await time.press('ArrowRight');
  assert.equal(await time.now(), 2);
  assert.match(await time.says(), /^Event 2 of \d+: /);
  await time.press('PageUp');
  assert.equal(await time.now(), 12);
  assert.match(await page.textContent('details.run[open] figcaption'), /'start'/);
  await time.press('End');
  assert.equal(await time.now(), await time.count());
  assert.match(await page.textContent('details.run[open] figcaption'), /'end'/);
  assert.match(await page.textContent('.now'), /waits for/);
});

test('a moment moves the cursor', async () => {
  const { page } = await load(browser, file('hang.en'));
  const time = timelineOf(page);
  const place = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent).runs[0]
    .snapshots.find((one) => one.name === 'running').position);
  assert.ok(place > 5);
  await page.locator('details.run[open] button', { hasText: 'running' }).click();
  assert.equal(await time.now(), place + 1);
});

test('a click chooses an event of its lane', async () => {
  const { page } = await load(browser, file('hang.en'));
  const time = timelineOf(page);
  await time.press('Home');
  await time.slider.scrollIntoViewIfNeeded();
  const box = await time.slider.boundingBox();
  const lanes = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent).runs[0].lanes);
  const row = lanes.findIndex((lane) => lane.name.startsWith('cat'));
  // The grader's lane comes first.
  await page.mouse.click(box.x + 300, box.y + 26 + 34 * (row + 1) + 17);
  assert.match(await time.says(), /: cat \(process 3\): /);
});

test('kinds and words filter what is shown', async () => {
  const { page } = await load(browser, file('hang.en'));
  const time = timelineOf(page);
  const all = await time.count();
  await page.getByLabel('calls').uncheck();
  const fewer = await time.count();
  assert.ok(fewer < all);
  await page.getByLabel('calls').check();
  assert.equal(await time.count(), all);
  await page.getByLabel('Search').fill('pera');
  assert.equal(await time.count(), 4);
  await page.getByLabel('Search').fill('no such thing');
  assert.equal(await time.says(), 'No event is shown.');
});

test('ten thousand events: only what is in sight is drawn, and only when it changes', async () => {
  const { page, problems } = await load(browser, file('long'));
  const time = timelineOf(page);
  assert.ok(await time.count() >= 10000);
  // Shapes that one key makes the page draw.
  const drawnBy = (key) => page.evaluate((pressed) => {
    let count = 0;
    const { fill, fillRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fill = function counted(...args) { ++count; return fill.apply(this, args); };
    CanvasRenderingContext2D.prototype.fillRect = function counted(...args) { ++count; return fillRect.apply(this, args); };
    document.querySelector('[role=slider]').dispatchEvent(new KeyboardEvent('keydown', { key: pressed }));
    Object.assign(CanvasRenderingContext2D.prototype, { fill, fillRect });
    return count;
  }, key);
  await time.press('Home');
  const near = await drawnBy('+');
  assert.ok(near > 20 && near < 400, `${near} shapes`);
  // All in one width: what shares a pixel is drawn once.
  for (let i = 0; i < 30; ++i) await page.keyboard.press('-');
  await page.keyboard.press('+');
  const whole = await drawnBy('-');
  assert.ok(whole > 1000 && whole < 10000, `${whole} shapes`);
  assert.ok(await drawnBy('ArrowRight') < 5);
  await time.press('End');
  assert.equal(await time.now(), await time.count());
  assert.deepEqual(problems, []);
});

test('a text that differs stands beside what it should be', async () => {
  const { page } = await load(browser, file('differs'));
  const rows = await page.locator('table.diff tr').allTextContents();
  assert.deepEqual(rows, ['1one', '2two', '3− expectedthree', '+ gotthee no newline at the end']);
  assert.deepEqual(await page.locator('table.diff mark').allTextContents(), ['r']);
});

test('what a run was given is told', async () => {
  const texts = {
    en: ['Arguments', 'Files at the start', 'Standard input', 'Steps'],
    ca: ['Arguments', 'Fitxers al començament', 'Entrada estàndard', 'Passos'],
    es: ['Argumentos', 'Ficheros al principio', 'Entrada estándar', 'Pasos'],
  };
  for (const [lang, titles] of Object.entries(texts)) {
    const { page } = await load(browser, file(`hang.${lang}`));
    const given = page.locator('details.run[open] .given');
    assert.deepEqual(await given.locator('dt').allTextContents(), titles);
    assert.deepEqual(await given.locator('code').allTextContents(),
      ["-n 'two words'", 'paraules.txt', 'out', 'await: blocked', 'await: exit']);
    assert.deepEqual(await given.locator('pre').allTextContents(), ['pera\npoma', 'no newline']);
    if (lang === 'en') assert.match(await given.textContent(), /out a directory.*no newline at the end/s);
  }
});

test('so is who was at the other end, and what was made to go wrong', async () => {
  const { page } = await load(browser, file('peers.en'));
  const given = page.locator('details.run[open] .given');
  const told = async (title) => (await given.locator('dt', { hasText: title }).locator('+ dd').locator('.given-item')
    .allTextContents()).map((text) => text.trim());
  assert.deepEqual(await told('Other ends of conversations'), [
    'echo sends back what it gets, port 7', 'cut sends back what it gets, in pieces: 3, at /lab/S',
    'date tells date and time, port 13', 'endless sends characters without end, port 19',
    'sink reads all that comes, port 9', 'silent accepts, reads and says nothing, port 21',
    'full its queue is full: nobody is answered, port 22', 'server the steps talk for it, port 8080',
    "other the program socat - 'a b'", 'half a right program of the exercise']);
  assert.deepEqual(await told('What goes wrong'), [
    'fork fails with EAGAIN', 'read fails with EINTR, call number 2, in cat alone',
    'wc its parent sees it end with status 3', 'sort its parent sees it killed by SIGKILL']);
  const other = await load(browser, file('peers.ca'));
  assert.deepEqual(await other.page.locator('details.run[open] .given dt').allTextContents(), [
    'Arguments', 'Fitxers al començament', 'Entrada estàndard', 'Altres extrems de les converses',
    'Què va malament', 'Passos']);
});

test('of what is large the beginning is told', async () => {
  const { page } = await load(browser, file('long'));
  const given = page.locator('details.run[open] .given');
  assert.match(await given.locator('dd').nth(2).textContent(), /only the beginning is shown.*line 1\nline 2\n/s);
  assert.match(await given.textContent(), /… more: 250/);
  assert.match(await given.locator('dd').nth(3).textContent(), /send: \{client: \{bytes: 8MiB\}\} only the beginning is shown/);
  const size = await page.evaluate(() =>
    JSON.stringify(JSON.parse(document.getElementById('data').textContent).given).length);
  assert.ok(size < 200000, `${size} characters`);
});

test('input and output are told as they are', async () => {
  const { page } = await load(browser, file('long'));
  const stream = page.locator('details.run[open] .stream', { hasText: 'submission.stdout' });
  assert.equal(await stream.locator('pre').textContent(), 'one\ntwo');
  assert.match(await stream.textContent(), /7 bytes, no newline at the end/);
});

// Paper: all runs, whole and light, whatever was open on a dark screen.
test('the page prints whole and light, and is then as it was', async () => {
  const { page, problems } = await load(browser, file('lost-run'), { colorScheme: 'dark' });
  const look = () => page.evaluate(() => ({
    open: [...document.querySelectorAll('details')].map((one) => one.open),
    back: getComputedStyle(document.body).backgroundColor,
    strips: document.querySelectorAll('canvas.strip').length,
  }));
  const before = await look();
  assert.equal(before.back, 'rgb(20, 23, 27)');
  assert.ok(before.open.includes(false));
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const printed = await look();
  assert.ok(!printed.open.includes(false));
  assert.equal(printed.back, 'rgb(255, 255, 255)');
  assert.ok(printed.strips >= 2);
  const runs = page.locator('details.run');
  assert.equal(await runs.count(), 2);
  for (const run of await runs.all()) {
    assert.ok(await run.locator('.panel figure').first().isVisible());
    assert.ok(await run.locator('canvas.strip').first().isVisible());
    assert.ok(!await run.locator('[role=slider]').isVisible());
    assert.ok(!await run.locator('.tools').isVisible());
  }
  // What was drawn before it was paper is light too: the lanes are, on the right as on the left.
  const light = await page.evaluate(() => {
    const strip = document.querySelector('canvas.strip');
    const { data } = strip.getContext('2d').getImageData(strip.width / 2, 0, strip.width / 2, strip.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] && data[i] === 0xec && data[i + 2] === 0xf3) ++count;
    return count;
  });
  assert.ok(light > 1000, `${light} pixels of light lanes`);
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.deepEqual(await look(), before);
  assert.equal(await page.locator('details.run[open] svg').count(), 1);
  assert.deepEqual(problems, []);
});

test('a long run is printed whole, in as many strips as fit', async () => {
  const { page, problems } = await load(browser, file('long'), { colorScheme: 'dark' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  const strips = await page.locator('canvas.strip').count();
  assert.ok(strips > 1 && strips <= 12, `${strips} strips`);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  // A browser tells of printing by itself.
  await page.evaluate(() => {
    window.seen = [];
    for (const name of ['beforeprint', 'afterprint'])
      window.addEventListener(name, () => window.seen.push(`${name} ${document.querySelectorAll('canvas.strip').length}`));
  });
  const paper = await page.pdf();
  assert.ok(paper.length > 10000);
  assert.deepEqual(await page.evaluate(() => window.seen), [`beforeprint ${strips}`, 'afterprint 0']);
  assert.deepEqual(problems, []);
});

test('nothing that a submission wrote is markup or runs', async () => {
  const { page, problems } = await load(browser, file('hostile'), { bypassCSP: true });
  assert.equal(await page.evaluate(() => window.evil), undefined);
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(problems, []);
});

test('a phone scrolls down only', async () => {
  for (const name of ['hang.en', 'hostile', 'not-built']) {
    const { page } = await load(browser, file(name), PHONE);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
  }
});

test('without scripts the verdicts are there all the same', async () => {
  const { page } = await load(browser, file('hang.en'), { javaScriptEnabled: false });
  assert.equal(await page.locator('article.failed').count(), 3);
  assert.match(await page.textContent('.outcomes'), /nothing could move any more/);
});
