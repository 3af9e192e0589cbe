// What this browser says of batches, and how: nothing until it is asked for.

import { chime } from "../chime.js";
import { $ } from "../dom.js";
import { askToNotify } from "../notify.js";
import { set, setting } from "../settings.js";
import "./account.js";

const [notify, sound, announce] = ["notify", "sound", "announce"].map((name) => $(`[name=${name}]`));
const said = $("[data-said]");

function show() {
  notify.checked = setting("notify") === "yes" && window.Notification?.permission === "granted";
  sound.checked = setting("sound") === "yes";
  announce.checked = setting("announce") === "all";
}

notify.addEventListener("change", async () => {
  const { text } = await askToNotify(notify.checked);
  said.textContent = text;
  show();
});
sound.addEventListener("change", () => {
  set("sound", sound.checked ? "yes" : "no");
  if (sound.checked) chime();
  said.textContent = sound.checked ? "It sounds like this." : "It will be quiet.";
});
announce.addEventListener("change", () => {
  set("announce", announce.checked ? "all" : "mine");
  said.textContent = announce.checked ? "Batches of others are read out too." : "Only batches of yours are read out.";
});
show();
