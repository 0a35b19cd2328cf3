// DBOS in this process, with a PostgreSQL of its own over loopback. Both with their defaults, so every commit is synced.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { approval, eventually, freePort, measure, next, rss, rssOfTree, settings, stop, Waiting } from "./shape.mjs";

const { DBOS } = await import("@dbos-inc/dbos-sdk");
const { folder, ...shape } = settings();
const port = await freePort();
const data = join(folder, "data");
mkdirSync(data, { mode: 0o700 });

// PostgreSQL does not run as root.
const owner = process.getuid() === 0 ? userOf("postgres") : {};
if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid);
execFileSync("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"], { ...owner, cwd: data, stdio: ["ignore", "ignore", "inherit"] });
const postgres = spawn("postgres", ["-D", data, "-h", "127.0.0.1", "-p", `${port}`, "-k", ""], { ...owner, cwd: data, stdio: "ignore" });

function userOf(name) {
  const line = readFileSync("/etc/passwd", "utf8").split("\n").find((one) => one.startsWith(`${name}:`));
  if (!line) throw new Error(`there is no user ${name} to run PostgreSQL as`);
  const [, , uid, gid] = line.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

const waiting = new Waiting();
const refund = DBOS.registerWorkflow(async (input) => {
  let value = input;
  for (let i = 0; i < 5; i++) value = await DBOS.runStep(async () => next(value), { name: "step" });
  waiting.add(input);
  value += await DBOS.recv("decision", { timeoutSeconds: 3600 });
  for (let i = 0; i < 2; i++) value = await DBOS.runStep(async () => next(value), { name: "step" });
  return value;
}, { name: "refund" });

const handles = new Map();
const engine = {
  start: async (number) => { handles.set(number, await DBOS.startWorkflow(refund, { workflowID: `refund-${number}` })(number)); },
  waiting: (count) => waiting.reached(count),
  complete: async (number) => {
    await DBOS.send(`refund-${number}`, approval(number), "decision");
    return handles.get(number).getResult();
  },
  rssMb: async () => {
    globalThis.gc();
    return rss(process.pid) + rssOfTree(postgres.pid);
  },
};

try {
  DBOS.setConfig({ name: "bench", systemDatabaseUrl: `postgresql://postgres@127.0.0.1:${port}/dbos`, logLevel: "error" });
  await eventually(() => DBOS.launch());
  await measure(engine, shape);
} finally {
  await stop(postgres, "SIGQUIT");
}
process.exit();
