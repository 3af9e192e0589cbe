// Billing: today's use, the two plans, invoices; what Stripe tells the server arrives here over the socket.

import { io } from "../../vendor/socket.io/socket.io.esm.min.js";
import { $, $$, clone, icon, keyed, setAttr, setText } from "../dom.js";
import { debounce } from "../timing.js";
import "./account.js";
import { api } from "./form.js";
import { showUse } from "./usage.js";

const PATIENCE_MS = 10_000;
const STATES = { paid: ["Paid", "ok"], open: ["Open", "bad"], refunded: ["Refunded", ""], disputed: ["Disputed", "bad"], void: ["Void", ""], uncollectible: ["Not paid", "bad"], draft: ["In preparation", ""] };

const plans = $(".plans"), arrival = $("[data-arrival]"), trouble = $("[data-trouble]"), invoices = $("[data-invoices]");
let billing = null;
let awaited = new URLSearchParams(location.search).get("checkout") === "done";

async function refresh() {
  try {
    const [session, answer, list] = await Promise.all([api.get("/api/session"), api.get("/api/billing"), api.get("/api/billing/invoices?limit=60")]);
    if (!session.user) return location.assign("/login?next=/billing");
    billing = answer.billing;
    showUse(session.quota);
    showPlans();
    showInvoices(list.items);
    if (awaited && billing.subscription && billing.plan === "all_inclusive") arrived();
  } catch (error) {
    complain(error);
  }
}

function showPlans() {
  const { enabled, plan, subscription } = billing;
  const due = ["past_due", "unpaid"].includes(subscription?.status);
  $("[data-due]").hidden = !due;
  if (due) arrival.replaceChildren();
  for (const card of $$("[data-plan]", plans)) showPlan(card, card.dataset.plan === plan);
  const [free, all] = ["free", "all_inclusive"].map((id) => $(`[data-plan=${id}] [data-go]`, plans));
  dress(free, plan === "free" ? "Current plan" : "Included", false);
  if (!enabled) dress(all, "Current plan", false);
  else if (subscription && subscription.status !== "canceled" && subscription.status !== "incomplete_expired") dress(all, due ? "Pay at Stripe" : "Manage at Stripe", due);
  else dress(all, plan === "all_inclusive" ? "Current plan" : "Get All Inclusive", plan === "free");
  all.disabled = all.textContent === "Current plan";
  showEnd($("[data-plan=all_inclusive]", plans), subscription);
  if (!enabled) $("[data-fine]").textContent = "Nothing is for sale here: everybody on this server has All Inclusive.";
  plans.removeAttribute("aria-busy");
}

function showPlan(card, isMine) {
  card.classList.toggle("is-current", isMine);
  $("[data-yours]", card).hidden = !isMine;
}

function dress(button, words, isPrimary) {
  button.textContent = words;
  button.classList.toggle("btn-primary", isPrimary);
  button.classList.toggle("btn-raised", !isPrimary);
}

/** When the plan ends or is paid again. */
function showEnd(card, subscription) {
  const paid = billing.plan === "all_inclusive" && subscription;
  const words = !paid ? "" : subscription.ends_at ? `Ends on ${day(subscription.ends_at)}.` : `Next payment on ${day(subscription.period_end)}.`;
  const line = $(".plan-until", card) ?? Object.assign(document.createElement("p"), { className: "plan-until num" });
  line.textContent = words;
  if (words) $("[data-go]", card).before(line);
  else line.remove();
}

function showInvoices(items) {
  invoices.hidden = !billing.at_stripe;
  $("[data-none]", invoices).hidden = items.length > 0;
  $(".table-scroll", invoices).hidden = !items.length;
  keyed($("tbody", invoices), items, ({ id }) => id, () => clone("invoice"), showInvoice);
}

function showInvoice(row, { status, amount, refunded, currency, pdf_url, created_at }) {
  const [word, look] = status === "partly_refunded" ? [`${money(refunded, currency)} refunded`, ""] : STATES[status] ?? [status, ""];
  setText(row, "date", day(created_at));
  setText(row, "status", word);
  $(".state", row).className = `state ${look}`.trim();
  setText(row, "amount", money(amount, currency));
  setText(row, "of", ` of ${day(created_at)}`);
  const file = $("[data-pdf]", row);
  file.hidden = !pdf_url;
  setAttr(file, "href", pdf_url);
}

function money(amount, currency) {
  return (amount / 100).toLocaleString("en-US", { style: "currency", currency });
}

function day(iso) {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

async function leaveTo(path) {
  for (const button of $$("[data-go], [data-portal]")) button.ariaBusy = "true";
  trouble.hidden = true;
  try {
    location.assign((await api.post(path)).url);
  } catch (error) {
    complain(error);
    refresh();
  } finally {
    for (const button of $$("[data-go], [data-portal]")) button.ariaBusy = "false";
  }
}

function complain(error) {
  trouble.textContent = error.message;
  trouble.hidden = false;
}

function say(sign, words, look = "") {
  const note = Object.assign(document.createElement("div"), { className: `bar-note ${look}`.trim() });
  note.append(icon(sign), Object.assign(document.createElement("span"), { textContent: words }));
  arrival.replaceChildren(note);
}

function arrived() {
  awaited = false;
  say("check2-circle", "Thank you. All Inclusive is yours.", "is-back");
}

if (awaited) {
  history.replaceState(null, "", "/billing");
  say("hourglass-split", "Confirming payment…");
  setTimeout(() => awaited && say("envelope", "We will email you when it clears."), PATIENCE_MS);
}

$("[data-plan=all_inclusive] [data-go]", plans).addEventListener("click", ({ target }) => {
  if (target.ariaBusy !== "true") leaveTo(target.textContent === "Get All Inclusive" ? "/api/billing/checkout" : "/api/billing/portal");
});
for (const button of $$("[data-portal]")) button.addEventListener("click", () => button.ariaBusy !== "true" && leaveTo("/api/billing/portal"));

const refreshSoon = debounce(refresh, 100);
const socket = io({ transports: ["websocket"] });
socket.on("connect", refresh);
socket.on("account", ({ quota }) => (showUse(quota), refreshSoon()));
socket.on("signed_out", () => location.assign("/login"));
refresh();
