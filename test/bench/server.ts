// What our server costs, beside a bare proxy (node:http and undici, nothing read or checked), the same with each event
// of a stream parsed, nginx and Portkey, in one run on one machine: CPU and time a request, the time added to a first
// token, CPU for bursts of streams, memory, and whether the provider is left when the caller leaves. Figures of different
// machines cannot be compared, ratios can.
import { readdirSync, readFileSync } from 'node:fs';
import {
  type Missing,
  type RunningTarget,
  startBareProxy,
  startNginx,
  startOurs,
  startOursWithReserve,
  startParsingProxy,
  startPortkey,
  startUpstream,
} from './server-targets.js';
import { type Mode, type Reading, type Target, toQuestion, Wire } from './server-wire.js';

const rounds = 5;
const connections = 100;
const requests = 3000;
const singles = 60;
const bursts = 5;
/** As `server-upstream.ts` sends them. */
const tokens = 200;
const leavers = 10;
const leaveMs = 1000;

/** CPU time of a process so far, in ms. Linux only; NaN elsewhere. */
function toCpuMs(pid = 0): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const times = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]));
    return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

function toRssMb(pid = 0): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Asks over so many connections at once, until all questions are asked. */
async function askMany(target: Target, mode: Mode, count: number): Promise<Reading[]> {
  const question = toQuestion(target, mode);
  const readings: Reading[] = [];
  let left = count;
  const work = async (): Promise<void> => {
    const wire = new Wire(target);
    while (left-- > 0) readings.push(await wire.ask(question));
    wire.leave();
  };
  await Promise.all(Array.from({ length: Math.min(connections, count) }, work));
  return readings;
}

interface Figures {
  requestsPerSecond: number[];
  /** Of one core, while so many were asked: below 1 it was not the target that limited the requests a second. */
  coreShare: number[];
  cpuMsPerRequest: number[];
  firstTokenMs: number[];
  directFirstTokenMs: number[];
  burstCpuMs: number[];
}

interface Measured {
  target: RunningTarget;
  figures: Figures;
  rssMb: number;
  leaves: string[];
}

async function measureRound({ target, figures }: Measured, direct: Target): Promise<void> {
  const { pid } = target.process;
  let [cpuMs, startedAt] = [toCpuMs(pid), performance.now()];
  await askMany(target, 'whole', requests);
  const [spentMs, tookMs] = [toCpuMs(pid) - cpuMs, performance.now() - startedAt];
  figures.requestsPerSecond.push(requests / (tookMs / 1000));
  figures.coreShare.push(spentMs / tookMs);
  figures.cpuMsPerRequest.push(spentMs / requests);
  // In turn, so that whatever else the machine does hits both.
  const wires = [target, direct].map((each) => ({ wire: new Wire(each), question: toQuestion(each, 'first') }));
  for (let index = 0; index < singles; index += 1) {
    for (const [at, { wire, question }] of wires.entries()) {
      const { firstTokenMs } = await wire.ask(question);
      (at === 0 ? figures.firstTokenMs : figures.directFirstTokenMs).push(firstTokenMs);
    }
  }
  for (const { wire } of wires) wire.leave();
  [cpuMs, startedAt] = [toCpuMs(pid), performance.now()];
  for (let index = 0; index < bursts; index += 1) await askMany(target, 'burst', connections);
  figures.burstCpuMs.push((toCpuMs(pid) - cpuMs) / ((bursts * connections * tokens) / 1000));
}

/** Leaves ten answers at once; tells how many the provider saw left within 100 ms, and when the last. */
async function measureLeaving(target: Target, upstream: RunningTarget, mode: Mode): Promise<string> {
  const reports = { begun: 0, left: 0 };
  const leftAt: number[] = [];
  const onReport = (report: 'begun' | 'left'): void => {
    reports[report] += 1;
    if (report === 'left') leftAt.push(performance.now());
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    const deadline = performance.now() + leaveMs;
    while (!isSo() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  upstream.process.on('message', onReport);
  const wires = Array.from({ length: leavers }, () => new Wire(target));
  const answers = wires.map((wire) => wire.ask(toQuestion(target, mode), 'first token'));
  for (const answer of answers) answer.catch(() => 'left');
  await until(() => reports.begun === leavers);
  if (mode === 'stall after the first token') await Promise.all(answers);
  else await new Promise((resolve) => setTimeout(resolve, 50));
  const startedAt = performance.now();
  for (const wire of wires) wire.leave();
  await until(() => reports.left >= leavers);
  upstream.process.off('message', onReport);
  const latencies = leftAt.map((at) => at - startedAt);
  const inTime = latencies.filter((ms) => ms <= 100).length;
  return `${inTime}/${leavers}${inTime > 0 ? `, ${Math.max(...latencies).toFixed(0)} ms` : ''}`;
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
const median = (values: readonly number[]): number => quantile(values, 0.5);
const show = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '?');

function toAdded({ firstTokenMs, directFirstTokenMs }: Figures, part: number): number {
  return quantile(firstTokenMs, part) - quantile(directFirstTokenMs, part);
}

function toRow({ target, figures, rssMb, leaves: [mid, before, whole] }: Measured): Record<string, string> {
  return {
    '': target.name,
    'requests / s': show(median(figures.requestsPerSecond), 0),
    'of a core': show(median(figures.coreShare), 2),
    'CPU ms / request': show(median(figures.cpuMsPerRequest), 3),
    'first token + ms, p50': show(toAdded(figures, 0.5), 2),
    p95: show(toAdded(figures, 0.95), 2),
    'burst, CPU ms / 1,000 tokens': show(median(figures.burstCpuMs), 2),
    'RSS MB': show(rssMb, 0),
    'left in mid-stream': mid ?? '',
    'before the first token': before ?? '',
    'before a whole answer': whole ?? '',
  };
}

function printBars(all: readonly Measured[]): void {
  const find = (name: string): Measured | undefined => all.find(({ target }) => target.name.startsWith(name));
  const [bare, parsing, portkey] = [find('bare'), find('… that parses'), find('Portkey')];
  if (!bare) return;
  for (const ours of all.filter(({ target }) => /^nova|reserve$/.test(target.name))) {
    const ratio = (read: (figures: Figures) => number, other = bare, digits = 2): string =>
      show(read(ours.figures) / read(other.figures), digits);
    const rate = ({ requestsPerSecond }: Figures): number => median(requestsPerSecond);
    const cpu = ({ cpuMsPerRequest }: Figures): number => median(cpuMsPerRequest);
    const burst = ({ burstCpuMs }: Figures): number => median(burstCpuMs);
    const first = (figures: Figures): number => toAdded(figures, 0.5);
    const late = (figures: Figures): number => toAdded(figures, 0.95);
    console.log(`
${ours.target.name}, Redis ${process.env['REDIS_URL'] ? 'on' : 'off (REDIS_URL)'}
CPU a request            ${ratio(cpu)} × the bare proxy (at most 3)${portkey ? `, ${ratio(cpu, portkey)} × Portkey` : ''}
requests a second        ${ratio(rate)} × the bare proxy${portkey ? `, ${ratio(rate, portkey, 1)} × Portkey (at least 4)` : ''}
first token added        ${ratio(first)} × what the bare proxy adds, p95 ${ratio(late)} ×; ${show(first(ours.figures), 2)} ms, p95 ${show(late(ours.figures), 2)} ms (at most 0.3 and 2)
CPU of a burst           ${ratio(burst)} × the bare proxy (at most 2.4)${parsing ? `, ${ratio(burst, parsing)} × one that parses (at most 1.17)` : ''}; ${show(burst(ours.figures), 2)} ms for 1,000 tokens (at most 2.2)
memory after the run     ${show(ours.rssMb, 0)} MB (at most 220)
callers who leave        ${ours.leaves.join(' · ')} of the provider's connections closed within 100 ms`);
  }
}

const upstream = await startUpstream();
const started: (RunningTarget | Missing)[] = [];
const isRunning = (one: RunningTarget | Missing): one is RunningTarget => 'url' in one;
try {
  for (const start of [startBareProxy, startParsingProxy, startNginx, startPortkey, startOurs, startOursWithReserve])
    started.push(await start(upstream.url));
  const all = started.filter(isRunning).map((target): Measured => {
    const figures = {
      requestsPerSecond: [],
      coreShare: [],
      cpuMsPerRequest: [],
      firstTokenMs: [],
      directFirstTokenMs: [],
      burstCpuMs: [],
    };
    return { target, figures, rssMb: 0, leaves: [] };
  });
  for (const { target } of all) {
    await askMany(target, 'whole', 1000);
    await askMany(target, 'burst', connections);
  }
  for (let round = 0; round < rounds; round += 1) for (const each of all) await measureRound(each, upstream);
  for (const each of all) {
    each.rssMb = toRssMb(each.target.process.pid);
    for (const where of ['after the first token', 'before the first token', 'before the whole answer'] as const) {
      each.leaves.push(await measureLeaving(each.target, upstream, `stall ${where}`));
    }
  }
  const missing = started.flatMap((one) => (isRunning(one) ? [] : [{ '': one.name, 'requests / s': one.missing }]));
  console.table([...all.map(toRow), ...missing]);
  printBars(all);
} finally {
  for (const one of [upstream, ...started.filter(isRunning)]) one.stop();
}
