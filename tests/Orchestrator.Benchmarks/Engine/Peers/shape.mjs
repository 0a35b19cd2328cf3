// The refund shape as ../ShapeRound.cs and ../RefundShape.cs have it: same numbers, same phases, same reading of "in flight".
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

// DBOS and Restate import this too, and Restate's SDK asks for what Node 22 brought.
Promise.withResolvers ??= function () { let resolve, reject; const promise = new this((a, b) => { resolve = a; reject = b; }); return { promise, resolve, reject }; };

export const next = (value) => (value * 31 + 17) % 1_000_003;
export const approval = (input) => input * 7 + 1;

export function expected(input) {
  let value = input;
  for (let i = 0; i < 5; i++) value = next(value);
  value += approval(input);
  for (let i = 0; i < 2; i++) value = next(value);
  return value;
}

/** Resolved when that many different instances have come to their wait. */
export class Waiting {
  #seen = new Set();
  #wanted = [];
  add(input) { this.#seen.add(input); this.#look(); }
  reached(count) { return new Promise((resolve) => { this.#wanted.push({ count, resolve }); this.#look(); }); }
  #look() {
    for (const one of this.#wanted) if (this.#seen.size >= one.count) one.resolve();
    this.#wanted = this.#wanted.filter((one) => this.#seen.size < one.count);
  }
}

/** @param engine start(number), waiting(count), complete(number) -> result, rssMb() */
export async function measure(engine, { instances, inFlight, warmUp }) {
  if (warmUp > 0) {
    await round(engine, 0, warmUp, inFlight);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const already = warmUp > 0 ? warmUp + aloneOf(warmUp, inFlight) : 0;
  console.log(JSON.stringify(await round(engine, already, instances, inFlight)));
}

const aloneOf = (instances, inFlight) => (inFlight === 1 ? 0 : Math.min(instances, 500));

async function round(engine, first, instances, inFlight) {
  const began = unixSeconds();
  let from = performance.now();
  await all(first, instances, inFlight, engine.start);
  await engine.waiting(first + instances);
  let took = performance.now() - from;
  const rssParkedMb = await engine.rssMb();

  let wrongResults = 0;
  const completing = (into) => async (number) => {
    const raised = performance.now();
    const result = await engine.complete(number);
    into.push(performance.now() - raised);
    if (result !== expected(number)) wrongResults++;
  };
  const many = [];
  from = performance.now();
  await all(first, instances, inFlight, completing(many));
  took += performance.now() - from;
  const ended = unixSeconds();
  const eventToCompleted = { [inFlight]: percentiles(many) };

  const alone = aloneOf(instances, inFlight);
  if (alone > 0) {
    const one = [];
    await all(first + instances, alone, inFlight, engine.start);
    await engine.waiting(first + instances + alone);
    await all(first + instances, alone, 1, completing(one));
    eventToCompleted[1] = percentiles(one);
  }
  return { instances, inFlight, seconds: took / 1000, eventToCompleted, rssParkedMb, wrongResults, groups: null, began, ended };
}

async function all(first, count, inFlight, call) {
  let number = first;
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, async () => {
    while (number < first + count) await call(number++);
  }));
}

function percentiles(milliseconds) {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

const unixSeconds = () => (performance.timeOrigin + performance.now()) / 1000;

/** Resident memory in MB of 10^6 bytes. */
export const rss = (pid) => kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+)/m);

/** The same for a process and its children, pages that they share counted once. */
export const rssOfTree = (pid) => [pid, ...childrenOf(pid)].reduce((sum, one) => sum + kilobytes(`/proc/${one}/smaps_rollup`, /^Pss:\s+(\d+)/m), 0);

const kilobytes = (file, pattern) => (Number(readFileSync(file, "utf8").match(pattern)[1]) * 1024) / 1e6;

const childrenOf = (parent) => readdirSync("/proc").filter((pid) => {
  try { return Number(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1]) === parent; } catch { return false; }
});

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Tries until it works or a minute is over. */
export async function eventually(attempt) {
  for (const until = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try { return await attempt(); } catch (error) { if (Date.now() > until) throw error; }
  }
}

/** Ends a process that this one started. */
export async function stop(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

export const settings = () => ({ folder: process.argv[2], instances: Number(process.argv[3]), inFlight: Number(process.argv[4]), warmUp: Number(process.argv[5]) });
