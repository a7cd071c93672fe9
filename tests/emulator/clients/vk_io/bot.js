// A bot written with vk-io: echoes words, takes votes, gives files. Lives until its standard input ends.
// node bot.js http://127.0.0.1:8090 TOKEN

import { Agent } from "node:http";
import { Keyboard, VK } from "vk-io";

const [url, token] = process.argv.slice(2);
const vk = new VK({
  token,
  apiBaseUrl: `${url}/method`,
  apiMode: "parallel",
  apiLimit: 20,
  agent: new Agent({ keepAlive: true }),
});

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAASwAAADI", "base64");

const ANSWERS = {
  "Голосую": (context) => context.send("Ваш голос?", {
    keyboard: Keyboard.builder()
      .callbackButton({ label: "За", payload: { vote: 2 }, color: "positive" })
      .textButton({ label: "Баланс", payload: { kind: "balance" } })
      .inline(),
  }),
  "Файлы": async (context) => {
    await context.sendDocuments({ value: Buffer.from("1;2"), filename: "numbers.csv" }, { message: "Вот номера" });
    await context.sendPhotos({ value: PNG, filename: "board.png" }, { message: "Вот доска" });
  },
};

vk.updates.on("message_new", async (context) => {
  if (context.isOutbox) return;
  if (context.messagePayload?.kind === "balance") {
    await context.send("На счету: 9");
    return;
  }
  const answer = ANSWERS[context.text] ?? (() => context.send(`${context.isChat ? "Чат" : "Эхо"}: ${context.text}`));
  await answer(context);
});

vk.updates.on("message_event", (context) =>
  context.answer({ type: "show_snackbar", text: `Голос: ${context.eventPayload.vote}` }));

const { groups: [own] } = await vk.api.groups.getById({});
await vk.api.groups.setLongPollSettings({
  group_id: own.id, enabled: 1, api_version: "5.199", message_new: 1, message_event: 1,
});
await vk.updates.start();
process.stdin.resume().on("end", () => process.exit(0));
console.log("ready");
