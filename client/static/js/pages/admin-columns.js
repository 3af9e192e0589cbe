// What each list shows, [heading, cell, look], and what may be done with a line of it.

import { $ } from "../dom.js";
import { ago, moment } from "../timing.js";
import { money, seconds } from "./admin-tiles.js";
import { did, nobody } from "./admin-words.js";
import { api } from "./form.js";

const PLANS = { free: "Free", all_inclusive: "All Inclusive" };
const LOOKS = { running: "run", ready: "ok", failed: "bad", sent: "ok", paid: "ok", disputed: "bad", uncollectible: "bad", open: "run", solved: "ok" };

const SILENT_S = 12;

const when = (iso) => (iso ? moment(iso) : "–");
const percent = (share) => (share == null ? "–" : `${(100 * share).toFixed(1)} %`);
const took = (value) => (value == null ? "–" : seconds(value));
const short = (id) => id.slice(-6).toUpperCase();

function state(words, look = LOOKS[words] ?? "") {
  return Object.assign(document.createElement("span"), { className: `state ${look}`, textContent: words });
}

function standing({ disabled_at, deleted_at }) {
  if (disabled_at) return state("closed", "bad");
  return deleted_at ? state("leaving", "") : state("open", "ok");
}

const { me } = $("#main").dataset;
const change = (id, body) => () => api.patch(`/api/admin/users/${id}`, body);

function personActs({ id, name, email, plan, limit, is_superuser, disabled_at }) {
  const other = plan === "free" ? "all_inclusive" : "free";
  const acts = [
    disabled_at
      ? { label: "Open", of: name, title: `Open the account of ${name}?`, words: "They can sign in again.", go: "Open account", run: change(id, { disabled: false }) }
      : { label: "Close", of: name, title: `Close the account of ${name}?`, words: "They are signed out everywhere at once, and nobody can sign in. What they made stays.", go: "Close account", danger: true, run: change(id, { disabled: true }) },
    { label: "Sign out", of: name, title: `Sign out ${name} everywhere?`, words: "Every tab and device of theirs is cut at once. They can sign in again.", danger: true, run: () => api.post(`/api/admin/users/${id}/sign-out`), ownToo: true },
    { label: PLANS[other], of: `for ${name}`, title: `${PLANS[other]} for ${name}?`, words: "It holds until Stripe says something else about this person.", go: "Change plan", run: change(id, { plan: other }), ownToo: true },
    ...(limit == null ? [] : [{ label: "Quota", of: `of ${name}`, title: `Change the quota of ${name}?`, words: "It holds from now on, as long as they are on the Free plan.", go: "Set quota", count: limit, run: (count) => change(id, { daily_images: count ? Number(count) : null })(), ownToo: true }]),
    { label: "Log", of: `of ${name}`, href: `#audit?${encodeURIComponent(email)}`, ownToo: true },
    is_superuser
      ? { label: "Demote", of: name, title: `Take the desk from ${name}?`, words: "They are no superuser any more and are cut from here at once.", danger: true, run: change(id, { is_superuser: false }) }
      : { label: "Promote", of: name, title: `Make ${name} a superuser?`, words: "They see everything here and may do everything that you do.", danger: true, run: change(id, { is_superuser: true }) },
  ];
  return acts.filter(({ ownToo }) => ownToo || id !== me);
}

function imageActs({ id, status }) {
  const of = short(id);
  if (status === "failed") return [{ label: "Retry", of, title: `Retry image ${of}?`, words: "It waits again, on its author's account.", run: () => api.post(`/api/admin/queue/${id}/retry`) }];
  return [{ label: "Cancel", of, title: `Cancel image ${of}?`, words: "It is not made, and its author has the unit back.", go: "Cancel image", danger: true, run: () => api.post(`/api/admin/queue/${id}/cancel`) }];
}

function mailActs({ id, to, status }) {
  const acts = [{ label: "Read", of: `the letter to ${to}`, href: `/api/admin/outbox/${id}/letter` }];
  if (status === "waiting") return acts;
  return [...acts, { label: "Send again", of: `to ${to}`, title: "Send this letter again?", words: `It goes to ${to}.`, run: () => api.post(`/api/admin/outbox/${id}/send`) }];
}

function popular({ popularity }) {
  const { models, styles, success, wait, making, days } = popularity;
  return [
    { kind: `All, ${days} days`, name: "", success, wait: wait.p50, most: wait.p95, making: making.p50 },
    ...models.map((model) => ({ kind: "Model", name: model.model, count: model.ready, failed: model.failed, success: model.success })),
    ...styles.map(({ name, count }) => ({ kind: "Style", name, count })),
  ];
}

export const LISTS = {
  queue: {
    columns: [
      ["Image", ({ id }) => short(id), "mono"],
      ["Who", ({ name }) => name],
      ["Room", ({ workspace }) => workspace, "soft"],
      ["Model", ({ model }) => model, "soft"],
      ["State", ({ status, error }) => state(error ? error.message : status, LOOKS[status])],
      ["Age", ({ created_at }) => ago(created_at), "end"],
    ],
    acts: imageActs,
  },
  users: {
    columns: [
      ["Name", ({ name }) => name],
      ["Mail", ({ email }) => email, "soft"],
      ["Role", ({ is_superuser }) => (is_superuser ? "superuser" : "user"), "soft"],
      ["Plan", ({ plan }) => PLANS[plan], "soft"],
      ["Today", ({ used, limit }) => (limit == null ? used : `${used} of ${limit}`), "end"],
      ["Seen", ({ last_seen_at }) => (last_seen_at ? ago(last_seen_at) : "–"), "end"],
      ["Account", standing],
    ],
    acts: personActs,
  },
  usage: {
    columns: [
      ["Day", ({ day }) => day],
      ["Who", ({ name }) => name],
      ["Model", ({ model }) => model, "soft"],
      ["Ready", ({ ready }) => ready, "end"],
      ["Failed", ({ failed }) => failed, "end"],
      ["Cancelled", ({ cancelled }) => cancelled, "end"],
    ],
  },
  payments: {
    columns: [
      ["Date", ({ created_at }) => when(created_at)],
      ["Who", ({ name }) => name],
      ["Mail", ({ email }) => email, "soft"],
      ["Number", ({ number }) => number, "soft"],
      ["Status", ({ status }) => state(status.replaceAll("_", " "))],
      ["Amount", ({ amount, currency }) => money(amount, currency), "end"],
      ["Paid", ({ paid, currency }) => money(paid, currency), "end"],
      ["Refunded", ({ refunded, currency }) => (refunded ? money(refunded, currency) : "–"), "end"],
    ],
  },
  popular: {
    path: "/api/admin/popularity",
    whole: true,
    days: true,
    read: popular,
    columns: [
      ["What", ({ kind }) => kind, "soft"],
      ["Name", ({ name }) => name],
      ["Used", ({ count }) => count, "end"],
      ["Failed", ({ failed }) => failed, "end"],
      ["Success", ({ success }) => percent(success), "end"],
      ["Wait, p50", ({ wait }) => took(wait), "end"],
      ["Wait, p95", ({ most }) => took(most), "end"],
      ["Making, p50", ({ making }) => took(making), "end"],
    ],
  },
  tickets: {
    columns: [
      ["Number", ({ number }) => number, "mono"],
      ["Subject", ({ subject }) => subject],
      ["Who", ({ email }) => email, "soft"],
      ["Status", ({ status }) => state(status)],
      ["Taken by", ({ assignee }) => assignee ?? "", "soft"],
      ["Changed", ({ updated_at }) => when(updated_at), "end"],
    ],
    acts: ({ id, subject }) => [{ label: "Answer", of: subject, href: `/help?ticket=${id}` }],
  },
  outbox: {
    columns: [
      ["To", ({ to }) => to],
      ["Subject", ({ subject, kind }) => subject || kind, "soft"],
      ["State", ({ status, error }) => state(error ? `${status}: ${error}` : status, LOOKS[status])],
      ["Tries", ({ tries }) => tries, "end"],
      ["Written", ({ created_at }) => when(created_at), "end"],
    ],
    acts: mailActs,
  },
  workers: {
    columns: [
      ["Kind", ({ kind }) => kind],
      ["Process", ({ worker }) => worker, "soft"],
      ["State", ({ busy, seen_s }) => (seen_s > SILENT_S ? state("silent", "bad") : state(busy ? "at work" : "idle", busy ? "run" : "ok"))],
      ["At work on", ({ busy, doing }) => (busy > doing.length ? [...doing.map(short), `${busy - doing.length} more`] : doing.map(short)).join(", ") || "–", "mono"],
      ["Heard", ({ seen_s }) => `${seconds(seen_s)} ago`, "end"],
    ],
  },
  connections: {
    columns: [
      ["Connection", ({ id }) => id],
      ["Kind", ({ kind }) => kind, "soft"],
      ["State", ({ healthy, message }) => state(healthy ? "well" : (message ?? "away"), healthy ? "ok" : "bad")],
      ["Models", ({ models }) => models, "end"],
      ["p50", ({ p50 }) => took(p50), "end"],
      ["p95", ({ p95 }) => took(p95), "end"],
      ["Failed, 1 h", ({ failed_share }) => percent(failed_share), "end"],
      ["Asked", ({ checked_at }) => when(checked_at), "end"],
    ],
  },
  audit: {
    columns: [
      ["When", ({ created_at }) => when(created_at)],
      ["Who", ({ actor, actor_id, act }) => actor ?? (actor_id ? short(actor_id) : nobody(act))],
      ["Did", ({ act }) => did(act)],
      ["To", ({ target, target_id }) => target ?? (target_id ? short(target_id) : ""), "soft"],
      ["From", ({ address }) => address ?? "", "soft"],
      ["Request", ({ request_id }) => (request_id ? short(request_id) : ""), "mono"],
      ["More", ({ facts }) => Object.entries(facts).map(([name, value]) => `${name} ${value}`).join(", "), "soft"],
    ],
  },
  settings: {
    whole: true,
    columns: [
      ["Setting", ({ name }) => name],
      ["Value", ({ value }) => value || "–", "soft"],
    ],
  },
};
