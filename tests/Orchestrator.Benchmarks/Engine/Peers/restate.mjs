// Restate: its server, a service with the workflow, and this client, which speaks to the server over HTTP. The server's defaults, so its log is synced.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { eventually, freePort, approval, measure, rss, settings, stop } from "./shape.mjs";

const { folder, ...shape } = settings();
const [ingress, admin, fabric, servicePort, countPort] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
const require = createRequire(import.meta.url);
const server = spawn(require.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`), ["--no-logo", "--listen-mode", "tcp", "--bind-ip", "127.0.0.1", "--bind-port", `${fabric}`, "--base-dir", folder, "--node-name", "bench"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, RESTATE_INGRESS__BIND_PORT: `${ingress}`, RESTATE_ADMIN__BIND_PORT: `${admin}`, RESTATE_DISABLE_TELEMETRY: "true", RESTATE_LOG_FILTER: "warn" },
});
const service = spawn(process.execPath, ["--expose-gc", require.resolve("./restate-service.mjs"), `${servicePort}`, `${countPort}`], { stdio: ["ignore", "ignore", "inherit"] });

async function ask(url, body) {
  const answer = await fetch(url, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

const workflow = (number, what) => `http://127.0.0.1:${ingress}/refund/refund-${number}/${what}`;
const engine = {
  start: (number) => ask(workflow(number, "run/send"), number),
  waiting: (count) => ask(`http://127.0.0.1:${countPort}/${count}`),
  complete: async (number) => {
    await ask(workflow(number, "decide/send"), approval(number));
    return JSON.parse(await ask(`http://127.0.0.1:${ingress}/restate/workflow/refund/refund-${number}/attach`));
  },
  rssMb: async () => {
    await ask(`http://127.0.0.1:${countPort}/collect`);
    return rss(server.pid) + rss(service.pid);
  },
};

try {
  await eventually(() => ask(`http://127.0.0.1:${admin}/health`));
  await eventually(() => ask(`http://127.0.0.1:${countPort}/0`));
  await eventually(() => ask(`http://127.0.0.1:${admin}/deployments`, { uri: `http://127.0.0.1:${servicePort}` }));
  await eventually(() => ask(`http://127.0.0.1:${ingress}/restate/health`));
  await measure(engine, shape);
} finally {
  await stop(service, "SIGKILL");
  await stop(server, "SIGKILL");
}
process.exit();
