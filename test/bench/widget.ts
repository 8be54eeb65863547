// What the widget costs a visitor, beside deep-chat, beside a floor that only writes Markdown into a list, and over a
// page without a chat: in one run, in a real Chromium. `--only=burst,many` runs some of the cases. There is no column for
// assistant-ui: it is a library for React, and would have to be built into a page of its own, with a parser of Markdown.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { launchChromium } from '../support/chromium.js';
import { type Case, type CaseFigures, runCase } from './widget/run-case.js';
import { type ChatName, startBenchSite } from './widget/start-bench-site.js';

type Figure = keyof CaseFigures;

interface Plan extends Case {
  name: string;
  /** How often each chat is run; in turns, so that a busy moment of the machine meets all of them. */
  rounds: Partial<Record<ChatName, number>>;
}

const all = { 'nova-chat': 3, floor: 3, 'deep-chat': 3 };
const two = { 'nova-chat': 3, floor: 3 };
// Short, and the one in which a busy moment weighs most.
const often = { 'nova-chat': 9, floor: 9, 'deep-chat': 9 };
const plans: readonly Plan[] = [
  { name: 'ready', rounds: { ...often, bare: 3 } },
  { name: 'burst 20k', characters: 20_000, rounds: { ...two, 'deep-chat': 1 } },
  { name: 'burst 100k', characters: 100_000, rounds: two },
  { name: 'paced 20k', characters: 20_000, paceMs: 2, rounds: { 'nova-chat': 1, floor: 1, 'deep-chat': 1 } },
  { name: 'paced 100k', characters: 100_000, paceMs: 2, rounds: { 'nova-chat': 1, floor: 1 } },
  { name: 'many', messages: 500, characters: 2000, rounds: all },
  { name: 'ready, 4 × slower', throttle: 4, rounds: often },
  { name: 'burst 20k, 4 × slower', throttle: 4, characters: 20_000, rounds: two },
  { name: 'burst 100k, 4 × slower', throttle: 4, characters: 100_000, rounds: two },
  { name: 'paced 20k, 4 × slower', throttle: 4, characters: 20_000, paceMs: 2, rounds: { 'nova-chat': 1, floor: 1 } },
  { name: 'paced 100k, 4 × slower', throttle: 4, characters: 100_000, paceMs: 2, rounds: { 'nova-chat': 1, floor: 1 } },
  { name: 'many, 4 × slower', throttle: 4, messages: 500, characters: 2000, rounds: two },
];

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const wanted = values.only.split(',');
const runs = new Map<string, CaseFigures[]>();
const keyOf = (name: string, chat: ChatName): string => `${name} of ${chat}`;

const site = await startBenchSite();
const browser = await launchChromium();
console.log(`Chromium ${browser.version()}; medians of up to 9 rounds in turns`);
for (const { name, rounds, ...options } of plans) {
  if (!wanted.some((word) => name.includes(word))) continue;
  process.stderr.write(`  ${name} …\n`);
  for (let round = 0; round < Math.max(...Object.values(rounds)); round += 1) {
    for (const [chat, count] of Object.entries(rounds) as [ChatName, number][]) {
      if (round >= count) continue;
      const figures = await runCase(browser, site.url, chat, options);
      const key = keyOf(name, chat);
      runs.set(key, [...(runs.get(key) ?? []), figures]);
    }
  }
}
await browser.close();
site.stop();

/** The median of a figure; undefined where the case was not run; a limit where an answer was not shown in time. */
function read(name: string, chat: ChatName, figure: Figure): number | string | undefined {
  const figures = runs.get(keyOf(name, chat));
  if (!figures) return;
  const late = figures.find(({ limitMs }) => limitMs);
  if (late && figure !== 'readyMs' && figure !== 'heapMb') return `> ${(late.limitMs ?? 0) / 1000} s`;
  const sorted = figures.map((run) => run[figure] ?? Number.NaN).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

const difference = (value: number | string | undefined, from: number | string | undefined): number | undefined =>
  typeof value === 'number' && typeof from === 'number' ? value - from : undefined;
const ratio = (value: number | string | undefined, from: number | string | undefined): number | undefined =>
  typeof value === 'number' && typeof from === 'number' && from > 0 ? value / from : undefined;

function show(value: number | string | undefined): string {
  if (typeof value !== 'number') return value ?? '–';
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

const columns = ['nova-chat', 'deep-chat', 'floor', 'bare'] as const;

/** Prints a row; `measure` says what a chat has cost. */
function print(name: string, measure: (chat: ChatName) => number | string | undefined, bar?: number): void {
  const cells = columns.map((chat) => show(measure(chat)).padStart(11));
  const ours = measure('nova-chat');
  if (ours === undefined) return;
  const verdict = bar === undefined ? '' : `${String(`≤ ${bar}`).padStart(9)}  ${Number(ours) <= bar ? '✓' : '✗'}`;
  console.log(`${name.padEnd(44)}${cells.join('')}${verdict}`);
}

console.log(
  `\n${''.padEnd(44)}${['ours', 'deep-chat', 'floor', 'bare'].map((name) => name.padStart(11)).join('')}      bar`,
);
const kib = (files: string[]): number =>
  files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0) / 1024;
const embed = 'packages/widget/dist/embed';
const core = [join(embed, 'embed.js'), ...globSync(join(embed, '*/nova-chat.js'))];
const bytes: Partial<Record<ChatName, number>> = {
  'deep-chat': kib(['node_modules/deep-chat/dist/deepChat.bundle.js']),
  floor: kib(['node_modules/streaming-markdown/smd.js']),
};
const ofOurs = (files: string[]) => (chat: ChatName) => (chat === 'nova-chat' ? kib(files) : bytes[chat]);
print('embed.js, KiB brotli', (chat) => (chat === 'nova-chat' ? kib([join(embed, 'embed.js')]) : undefined), 2.5);
// Closed, the bubble of the script tag is all there is: the rest comes with the first look at it.
print('shown and closed, KiB brotli', ofOurs([join(embed, 'embed.js')]), 9);
print('everything for a first answer, KiB brotli', ofOurs(core), 40);
for (const slower of ['', ', 4 × slower']) {
  const ready = `ready${slower}`;
  const bare = read('ready', 'bare', 'heapMb');
  print(`${ready}, ms`, (chat) => read(ready, chat, 'readyMs'));
  print(`${ready}, × floor`, (chat) => ratio(read(ready, chat, 'readyMs'), read(ready, 'floor', 'readyMs')), 1.5);
  if (!slower) print('heap over the empty page, MB', (chat) => difference(read(ready, chat, 'heapMb'), bare), 0.5);
  for (const [length, taskBar, longestBar] of [
    ['20k', 120],
    ['100k', 350, 50],
  ] as const) {
    const name = `burst ${length}${slower}`;
    for (const [word, figure, bar] of [
      ['task', 'taskMs', taskBar],
      ['longest task', 'longestTaskMs', longestBar],
    ] as const) {
      print(`${name}: ${word}, ms`, (chat) => read(name, chat, figure), slower ? undefined : bar);
      // On a busy machine only this says something.
      print(`${name}: ${word}, × floor`, (chat) => ratio(read(name, chat, figure), read(name, 'floor', figure)));
    }
  }
  print(
    `burst 100k : 20k${slower}, task`,
    (chat) => ratio(read(`burst 100k${slower}`, chat, 'taskMs'), read(`burst 20k${slower}`, chat, 'taskMs')),
    6,
  );
  for (const length of ['20k', '100k']) {
    const name = `paced ${length}${slower}`;
    print(`${name}: task, × floor`, (chat) => ratio(read(name, chat, 'taskMs'), read(name, 'floor', 'taskMs')), 1.3);
    print(`${name}: long tasks`, (chat) => read(name, chat, 'longTasks'), slower ? undefined : 0);
    print(`${name}: longest gap, ms`, (chat) => read(name, chat, 'longestGapMs'), slower ? undefined : 34);
  }
  const many = `many${slower}`;
  print(`500 messages${slower}: ready, ms`, (chat) => read(many, chat, 'readyMs'), slower ? undefined : 310);
  if (!slower)
    print('500 messages: heap over the empty page, MB', (chat) => difference(read(many, chat, 'heapMb'), bare), 1.2);
  print(
    `500 messages${slower}: gap in a 2k burst, ms`,
    (chat) => read(many, chat, 'longestGapMs'),
    slower ? undefined : 50,
  );
}
