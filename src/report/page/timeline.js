// SPDX-License-Identifier: MIT
// The time line: a lane a process; what happened in the order in which it did, an equal step from one
// to the next, for what lies between is nothing but waiting. Drawn on a canvas, and of that only what
// is to be seen; for the keyboard and a screen reader it is a slider whose value is an event.

const Timeline = (() => {
  const RULER = 26, LANE = 34, LABEL = 150, NARROW = 90, STEP = 22, WIDEST = 160, PAUSE = 0.001;
  const PAPER = 720, MOST_STRIPS = 12;  // of paper: pixels across; strips below each other
  const DENSE = 3;  // pixels from one event to the next, below which they are drawn together
  const KINDS = ['process', 'signal', 'call', 'transfer', 'moment'];

  // Seconds as people say them.
  function duration(seconds) {
    if (seconds === 0) return '0 s';
    const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's'], [1e-3, 'ms'], [1e-6, 'µs']];
    const [size, unit] = units.find(([one]) => seconds >= one) || [1e-9, 'ns'];
    const count = seconds / size;
    return `${count >= 100 || Number.isInteger(count) ? Math.round(count) : count.toPrecision(2)} ${unit}`;
  }

  // The first of the sorted numbers that is not below `wanted`.
  function lowerBound(numbers, wanted) {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low;
  }

  // Which lanes have anything to show: processes, and the grader if it acted.
  function lanesOf(run, words) {
    const lanes = run.lanes.map((lane, process) => ({ ...lane, process }));
    if (run.events.some((event) => event.lane < 0))
      lanes.unshift({ name: words.grader, process: -1, born: 0, ended: -1 });
    return lanes;
  }

  // Arrows between lanes: a birth, an end that was waited for, a signal that arrived.
  function arrowsOf(run) {
    const arrows = [];
    const waiting = new Map();  // signals under way, by lane and name
    run.events.forEach((event, i) => {
      if (event.sent) {
        for (const to of event.to || []) {
          const arrow = { kind: 'signal', from: event.lane, to, start: i, end: i, name: event.sent };
          arrows.push(arrow);
          const key = `${to} ${event.sent}`;
          waiting.set(key, [...(waiting.get(key) || []), arrow]);
        }
      } else if (event.got) {
        for (const arrow of waiting.get(`${event.lane} ${event.got}`) || []) arrow.end = i;
        waiting.delete(`${event.lane} ${event.got}`);
      } else if (event.to) {
        for (const to of event.to) arrows.push({ kind: 'birth', from: event.lane, to, start: i, end: i });
      } else if (event.from !== undefined) {
        arrows.push({ kind: 'end', from: event.from, to: event.lane, start: i, end: i });
      }
    });
    return arrows;
  }

  class View {
    // `moved` is called with the position of the cursor among all events, when it moves.
    constructor(run, words, moved, element) {
      Object.assign(this, { run, words, moved, element });
      this.lanes = lanesOf(run, words);
      this.rowOf = new Map(this.lanes.map((lane, row) => [lane.process, row]));
      this.arrows = arrowsOf(run);
      this.kinds = new Set(KINDS);
      this.sought = '';
      this.scale = STEP;
      this.offset = 0;
      this.cursor = 0;
      this.version = 0;  // of what is shown
      this.build();
      this.filter();
    }

    // --- The page.

    build() {
      const { element, words } = this;
      this.canvas = element('canvas', { 'aria-hidden': 'true' });
      this.slider = element('div', {
        class: 'timeline on-screen', tabindex: 0, role: 'slider', 'aria-label': words.timeline, 'aria-valuemin': 1,
      }, this.canvas);
      this.slider.style.height = `${this.height()}px`;
      this.now = element('p', { class: 'now on-screen' });
      this.strips = element('div');  // on paper
      this.parts = [
        element('h4', { text: words.timeline }), this.tools(), this.slider, this.strips, this.now,
        element('p', { class: 'faint on-screen', text: words.help }),
      ];
      if (this.run.leftOut)
        this.parts.push(element('p', { text: words.more.replace('%', this.run.leftOut) }));
      this.slider.addEventListener('keydown', (event) => this.key(event));
      this.slider.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
      this.pointers();
      new ResizeObserver(() => this.draw()).observe(this.slider);
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    }

    tools() {
      const { element, words } = this;
      const button = (text, sign, act) => {
        const made = element('button', { type: 'button', title: text, 'aria-label': text, text: sign });
        made.addEventListener('click', act);
        return made;
      };
      const kinds = KINDS.map((kind) => {
        const box = element('input', { type: 'checkbox', checked: '' });
        box.addEventListener('change', () => {
          if (box.checked) this.kinds.add(kind); else this.kinds.delete(kind);
          this.filter();
        });
        return element('label', {}, box, ` ${words[`kind.${kind}`]}`);
      });
      const search = element('input', { type: 'search', 'aria-label': words.search, placeholder: words.search });
      search.addEventListener('input', () => { this.sought = search.value.toLowerCase(); this.filter(); });
      return element('div', { class: 'moments tools', role: 'group', 'aria-label': words.show },
        button(words.zoomIn, '+', () => this.zoom(1.5)), button(words.zoomOut, '−', () => this.zoom(1 / 1.5)),
        button(words.whole, '↔', () => this.whole()), ...kinds, search);
    }

    height() { return RULER + LANE * this.lanes.length + 8; }
    width() { return this.paper || this.slider.clientWidth; }
    label() { return this.width() < 560 ? NARROW : LABEL; }
    room() { return Math.max(50, this.width() - this.label()); }

    // --- What is shown.

    filter() {
      const at = this.shown ? this.shown[this.cursor] : 0;
      this.shown = [];
      ++this.version;
      this.run.events.forEach((event, i) => {
        if (this.kinds.has(event.kind) && (!this.sought || event.text.toLowerCase().includes(this.sought)))
          this.shown.push(i);
      });
      this.slider.setAttribute('aria-valuemax', Math.max(1, this.shown.length));
      this.offset = 0;
      this.choose(Math.min(lowerBound(this.shown, at ?? 0), this.shown.length - 1));
    }

    // Where a position among all events stands among those shown.
    rank(position) { return lowerBound(this.shown, position); }
    x(rank) { return this.label() + (rank + 0.5) * this.scale - this.offset; }

    choose(rank) {
      this.cursor = Math.max(0, Math.min(rank, this.shown.length - 1));
      const event = this.run.events[this.shown[this.cursor]];
      this.say(event);
      this.keepInSight();
      this.draw();
      if (event) this.moved(this.shown[this.cursor]);
    }

    say(event) {
      const { element, words } = this;
      const text = event ? this.textOf(event) : words.noEvents;
      const number = words.event.replace('%', this.cursor + 1).replace('#', this.shown.length);
      this.slider.setAttribute('aria-valuenow', event ? this.cursor + 1 : 1);
      this.slider.setAttribute('aria-valuetext', event ? `${number}: ${text}` : text);
      this.now.replaceChildren(...(event ? [element('span', { class: 'faint', text: `${number} · ${duration(event.time)} ` })] : []),
        element('code', { text }));
      const waits = event ? this.waitsAt(this.shown[this.cursor]) : [];
      if (waits.length) this.now.append(element('ul', {}, ...waits.map((one) => element('li', { text: one }))));
    }

    textOf(event) {
      const lane = this.lanes[this.rowOf.get(event.lane)];
      return `${lane ? lane.name : ''}: ${event.text}${event.where ? ` (${event.where})` : ''}`;
    }

    // What is waited for while this happens.
    waitsAt(position) {
      return this.run.spans.filter((span) => span.from <= position && position < span.to).map((span) => span.text);
    }

    goTo(position) { this.choose(Math.min(this.rank(position), this.shown.length - 1)); }

    // --- Hands.

    key(event) {
      const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in moves) this.choose(this.cursor + moves[event.key]);
      else if (event.key === 'Home') this.choose(0);
      else if (event.key === 'End') this.choose(this.shown.length - 1);
      else if (event.key === '+') this.zoom(1.5);
      else if (event.key === '-') this.zoom(1 / 1.5);
      else return;
      event.preventDefault();
    }

    // The wheel scrolls the page; with Ctrl it zooms, sideways it moves along.
    wheel(event) {
      if (event.ctrlKey) this.zoom(Math.exp(-event.deltaY / 300), event.offsetX);
      else if (event.deltaX) { this.offset += event.deltaX; this.clamp(); this.draw(); } else return;
      event.preventDefault();
    }

    pointers() {
      let start = null;
      this.slider.addEventListener('pointerdown', (event) => {
        start = { x: event.offsetX, offset: this.offset, moved: false };
        this.slider.setPointerCapture(event.pointerId);
      });
      this.slider.addEventListener('pointermove', (event) => {
        if (!start) return;
        start.moved = start.moved || Math.abs(event.offsetX - start.x) > 4;
        if (!start.moved) return;
        this.offset = start.offset - (event.offsetX - start.x);
        this.clamp();
        this.draw();
      });
      this.slider.addEventListener('pointerup', (event) => {
        if (start && !start.moved) this.pick(event.offsetX, event.offsetY);
        start = null;
      });
      this.slider.addEventListener('pointercancel', () => { start = null; });
    }

    // The event next to where it was clicked, of that lane if one is near.
    pick(x, y) {
      const rank = Math.round((x - this.label() + this.offset) / this.scale - 0.5);
      const lane = this.lanes[Math.floor((y - RULER) / LANE)]?.process;
      const near = Math.ceil(12 / this.scale);
      let best = rank;
      for (let away = 0; away <= near; ++away) {
        const found = [rank - away, rank + away].find((one) => this.run.events[this.shown[one]]?.lane === lane);
        if (found !== undefined) { best = found; break; }
      }
      this.choose(best);
    }

    zoom(factor, at = this.x(this.cursor)) {
      const rank = (at - this.label() + this.offset) / this.scale;
      this.scale = Math.max(Math.min(this.room() / Math.max(1, this.shown.length), STEP), Math.min(WIDEST, this.scale * factor));
      this.offset = rank * this.scale - (at - this.label());
      this.clamp();
      this.draw();
    }

    whole() {
      this.scale = Math.min(WIDEST, this.room() / Math.max(1, this.shown.length));
      this.offset = 0;
      this.draw();
    }

    clamp() {
      this.offset = Math.max(0, Math.min(this.offset, this.shown.length * this.scale - this.room()));
    }

    keepInSight() {
      const x = (this.cursor + 0.5) * this.scale, room = this.room(), edge = Math.min(40, room / 4);
      if (x - this.offset < edge) this.offset = x - edge;
      if (x - this.offset > room - edge) this.offset = x - room + edge;
      this.clamp();
    }

    // --- The picture.

    // A picture that stands still, and the cursor on it: where only that has moved, only that is drawn.
    draw() {
      if (this.paper) return;
      const width = this.width(), height = this.height(), dense = window.devicePixelRatio || 1;
      if (!width) return;
      const colours = this.colours();
      const state = [width, dense, this.scale, this.offset, this.version, colours.getPropertyValue('--back')].join();
      if (state !== this.drawn) {
        this.drawn = state;
        this.still = document.createElement('canvas');
        this.drawStill(this.penOf(this.still, width, height, dense), height);
      }
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
      const pen = this.penOf(this.canvas, width, height, dense);
      pen.drawImage(this.still, 0, 0, width, height);
      this.within(pen, height, () => this.drawCursor(pen, height));
    }

    // Those of now: a screen's may change, and paper's are light.
    colours() {
      const colours = getComputedStyle(this.slider);
      this.colour = (name) => colours.getPropertyValue(`--${name}`);
      return colours;
    }

    // The whole of what is shown, in strips as wide as paper; until restore().
    print() {
      if (this.paper) return;
      this.kept = { scale: this.scale, offset: this.offset };
      this.paper = PAPER;
      this.colours();
      const room = this.room(), height = this.height(), count = Math.max(1, this.shown.length);
      const each = Math.max(Math.floor(room / STEP), Math.ceil(count / MOST_STRIPS));
      const dense = this.lanes.length > 12 ? 1 : 2;
      this.scale = Math.min(WIDEST, room / Math.min(each, count));
      for (let first = 0; first < count; first += each) {
        this.offset = first * this.scale;
        const strip = this.element('canvas', { class: 'strip', 'aria-hidden': 'true' });
        this.drawStill(this.penOf(strip, PAPER, height, dense), height);
        this.strips.append(strip);
      }
    }

    restore() {
      if (!this.paper) return;
      this.strips.replaceChildren();
      this.paper = 0;
      Object.assign(this, this.kept, { drawn: null });
      this.draw();
    }

    penOf(canvas, width, height, dense) {
      canvas.width = Math.round(width * dense);
      canvas.height = Math.round(height * dense);
      const pen = canvas.getContext('2d');
      pen.scale(dense, dense);
      pen.font = '12px system-ui, sans-serif';
      pen.textBaseline = 'middle';
      return pen;
    }

    // Right of the names.
    within(pen, height, act) {
      pen.save();
      pen.beginPath();
      pen.rect(this.label(), 0, this.room(), height);
      pen.clip();
      act();
      pen.restore();
    }

    drawStill(pen, height) {
      this.within(pen, height, () => {
        this.drawLanes(pen);
        this.drawSpans(pen);
        this.drawTime(pen);
        this.drawArrows(pen);
        this.drawEvents(pen);
      });
      this.drawLabels(pen);
    }

    middle(process) { return RULER + LANE * (this.rowOf.get(process) ?? 0) + LANE / 2; }
    // Ranks that are to be seen, with one more on each side.
    sight() {
      return [Math.max(0, Math.floor(this.offset / this.scale) - 1),
        Math.min(this.shown.length, Math.ceil((this.offset + this.room()) / this.scale) + 1)];
    }

    drawLanes(pen) {
      pen.fillStyle = this.colour('lane');
      for (const lane of this.lanes) {
        const from = this.x(this.rank(lane.born) - 0.5);
        const to = lane.ended < 0 ? this.x(this.shown.length) : this.x(this.rank(lane.ended) + 0.5);
        pen.fillRect(from, this.middle(lane.process) - 9, Math.max(2, to - from), 18);
      }
    }

    drawSpans(pen) {
      for (const span of this.run.spans) {
        const from = Math.max(this.label(), this.x(this.rank(span.from) - 0.5));
        const to = Math.min(this.label() + this.room(), this.x(this.rank(span.to) - 0.5));
        if (to <= from) continue;
        const y = this.middle(span.lane);
        pen.fillStyle = this.colour('wait');
        pen.fillRect(from, y - 9, to - from, 18);
        if (to - from < 60) continue;
        pen.fillStyle = this.colour('text');
        pen.fillText(this.fitted(pen, span.text, to - from - 12), from + 6, y);
      }
    }

    drawTime(pen) {
      const [first, last] = this.sight();
      let free = this.label();
      pen.fillStyle = this.colour('faint');
      pen.strokeStyle = this.colour('line');
      for (let rank = first; rank < last; ++rank) {
        const time = this.run.events[this.shown[rank]].time;
        const before = rank > 0 ? this.run.events[this.shown[rank - 1]].time : 0;
        const x = this.x(rank - 0.5);
        if (time - before < PAUSE) continue;
        pen.beginPath();
        pen.moveTo(x, RULER - 6);
        pen.lineTo(x, this.height());
        pen.setLineDash([3, 3]);
        pen.stroke();
        pen.setLineDash([]);
        const text = `+${duration(time - before)}`;
        if (x < free) continue;
        pen.fillText(text, x, RULER / 2 - 2);
        free = x + pen.measureText(text).width + 10;
      }
    }

    drawArrows(pen) {
      const [first, last] = this.sight();
      const dense = new Map();  // by colour: the lines, each once
      for (const arrow of this.arrows) {
        const start = this.rank(arrow.start), end = this.rank(arrow.end);
        if (end < first || start > last) continue;
        const hidden = this.shown[start] !== arrow.start;
        if (hidden || !this.rowOf.has(arrow.from) || !this.rowOf.has(arrow.to)) continue;
        const colour = this.colour(arrow.kind === 'signal' ? 'arrow' : 'faint');
        if (this.scale < DENSE) {
          if (!dense.has(colour)) dense.set(colour, new Map());
          this.widen(dense.get(colour), Math.round(this.x(start)), this.middle(arrow.from), this.middle(arrow.to));
          continue;
        }
        this.drawArrow(pen, this.x(start), this.middle(arrow.from), this.x(end), this.middle(arrow.to), colour);
      }
      pen.globalAlpha = 0.2;  // the events below count more
      for (const [colour, columns] of dense) {
        pen.fillStyle = colour;
        for (const [x, [top, bottom]] of columns) pen.fillRect(x, top, 1, bottom - top);
      }
      pen.globalAlpha = 1;
    }

    // Upright lines in one column are one from the highest to the lowest of their ends.
    widen(columns, x, from, to) {
      const [top, bottom] = columns.get(x) || [Infinity, -Infinity];
      columns.set(x, [Math.min(top, from, to), Math.max(bottom, from, to)]);
    }

    drawArrow(pen, x1, y1, x2, y2, colour) {
      const angle = Math.atan2(y2 - y1, x2 - x1), gap = y1 === y2 ? 0 : 7;
      const tipX = x2 - gap * Math.cos(angle), tipY = y2 - gap * Math.sin(angle);
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(x1, y1);
      pen.lineTo(tipX, tipY);
      pen.stroke();
      pen.beginPath();
      pen.moveTo(tipX, tipY);
      for (const side of [-0.45, 0.45]) pen.lineTo(tipX - 8 * Math.cos(angle + side), tipY - 8 * Math.sin(angle + side));
      pen.fill();
      pen.lineWidth = 1;
    }

    drawEvents(pen) {
      const [first, last] = this.sight();
      if (this.scale < DENSE) { this.drawDense(pen, first, last); return; }
      for (let rank = first; rank < last; ++rank) {
        const event = this.run.events[this.shown[rank]];
        this.drawEvent(pen, event, this.x(rank), this.middle(event.lane));
      }
    }

    // Where many share a pixel, one of them stands for all; shapes could not be told apart anyway.
    drawDense(pen, first, last) {
      const columns = new Map(KINDS.map((kind) => [kind, new Map()]));
      for (let rank = first; rank < last; ++rank) {
        const event = this.run.events[this.shown[rank]];
        const x = Math.round(this.x(rank));
        columns.get(event.kind).set(`${event.lane} ${x}`, [x, this.middle(event.lane)]);
      }
      const colours = { call: 'faint', transfer: 'link', process: 'text', signal: 'arrow', moment: 'good' };
      for (const kind of ['call', 'transfer', 'process', 'signal', 'moment']) {
        pen.fillStyle = this.colour(colours[kind]);
        for (const [x, y] of columns.get(kind).values()) pen.fillRect(x, y - 5, 1.5, 10);
      }
    }

    // Each kind has a shape of its own, for who does not tell colours apart.
    drawEvent(pen, event, x, y) {
      const size = Math.min(5, Math.max(1.5, this.scale / 3));
      pen.beginPath();
      if (event.kind === 'signal') {
        pen.fillStyle = this.colour('arrow');
        pen.moveTo(x, y - size - 1); pen.lineTo(x + size + 1, y + size); pen.lineTo(x - size - 1, y + size);
      } else if (event.kind === 'process') {
        pen.fillStyle = this.colour('text');
        pen.moveTo(x, y - size - 1); pen.lineTo(x + size + 1, y); pen.lineTo(x, y + size + 1); pen.lineTo(x - size - 1, y);
      } else if (event.kind === 'transfer') {
        pen.fillStyle = this.colour('link');
        pen.arc(x, y, size, 0, 7);
      } else if (event.kind === 'moment') {
        pen.fillStyle = this.colour('good');
        pen.rect(x - 1, RULER, 2, this.height());
      } else {
        pen.fillStyle = this.colour('faint');
        pen.rect(x - size / 2, y - size, size, 2 * size);
      }
      pen.fill();
      if (this.scale < 70) return;
      pen.fillStyle = this.colour('text');
      pen.fillText(this.fitted(pen, event.text, this.scale - 16), x + 8, y);
    }

    drawCursor(pen, height) {
      if (!this.shown.length) return;
      const x = this.x(this.cursor);
      pen.fillStyle = this.colour('bad');
      pen.fillRect(x - 1, 0, 2, height);
      pen.beginPath();
      pen.moveTo(x - 6, 0); pen.lineTo(x + 6, 0); pen.lineTo(x, 8);
      pen.fill();
    }

    drawLabels(pen) {
      pen.fillStyle = this.colour('text');
      for (const lane of this.lanes)
        pen.fillText(this.fitted(pen, lane.pid ? `${lane.pid} ${lane.short}` : lane.name, this.label() - 10), 4, this.middle(lane.process));
    }

    fitted(pen, text, width) {
      if (pen.measureText(text).width <= width) return text;
      let length = Math.max(0, Math.floor(text.length * width / pen.measureText(text).width) - 1);
      while (length > 0 && pen.measureText(`${text.slice(0, length)}…`).width > width) --length;
      return length > 2 ? `${text.slice(0, length)}…` : '';
    }
  }

  return { View, arrowsOf, duration, lowerBound };
})();
