// A plain Socket.IO server: everybody is in one room, each token is one emit.
// `node node.js <rate> <seconds>` prints its port; a line on stdin begins the stream, and its end is said by "end".

import { createServer } from "node:http";
import { Server } from "socket.io";

const [rate, seconds] = process.argv.slice(2).map(Number);
const http = createServer((_, answer) => answer.end("ok"));
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("join", (room) => socket.join(room));
});
http.listen(0, "127.0.0.1", () => console.log(http.address().port));

const now = () => Number(process.hrtime.bigint()) / 1e9;

process.stdin.once("data", () => {
  const begun = now();
  let told = 0;
  const timer = setInterval(() => {
    for (; told < (now() - begun) * rate && told < rate * seconds; told += 1) {
      io.to("room").emit("message.delta", { text: `[${now().toFixed(6)}] `, offset: told });
    }
    if (told < rate * seconds) return;
    clearInterval(timer);
    io.to("room").emit("end", {});
  }, 1000 / rate / 2);
});
