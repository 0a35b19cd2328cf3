// The process that Restate calls to run the workflow. A second port tells the client when enough instances wait.
import { createServer } from "node:http";
import { next, Waiting } from "./shape.mjs";

const restate = await import("@restatedev/restate-sdk");
const [port, countPort] = process.argv.slice(2).map(Number);
const waiting = new Waiting();

const refund = restate.workflow({
  name: "refund",
  handlers: {
    run: async (ctx, input) => {
      let value = input;
      for (let i = 0; i < 5; i++) value = await ctx.run("step", () => next(value));
      waiting.add(input);
      value += await ctx.promise("decision");
      for (let i = 0; i < 2; i++) value = await ctx.run("step", () => next(value));
      return value;
    },
    decide: (ctx, approval) => ctx.promise("decision").resolve(approval),
  },
});

createServer(async (request, answer) => {
  const what = request.url.slice(1);
  await (what === "collect" ? globalThis.gc() : waiting.reached(Number(what)));
  answer.end("{}");
}).listen(countPort, "127.0.0.1");
await restate.serve({ services: [refund], port });
