// The batching peer: vk-io's echo bot in its parallel mode, which packs up to 25 messages.send into one execute.
// It stores nothing. Usage: node echo.js TOKEN API_URL GROUP_ID

import http from "node:http";
import { VK } from "vk-io";

const [token, apiBaseUrl, groupId] = process.argv.slice(2);
const bot = new VK({
  token,
  apiMode: "parallel",
  apiLimit: 20,
  apiBaseUrl,
  pollingGroupId: Number(groupId),
  agent: new http.Agent({ keepAlive: true }),
});

bot.updates.on("message_new", (message) => message.send(message.text).catch(() => {}));
await bot.updates.startPolling();
