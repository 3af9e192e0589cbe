/** What a request makes and costs, in numbers and in words. */

export const OPTIMAL = 6;
const LEAST = 3;
const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** How many images the offer makes for so many combinations (BigInt): 1, or 3 to 6. */
export function offered(count) {
  if (count <= 1n) return 1;
  if (count < BigInt(LEAST) || count > BigInt(OPTIMAL)) return OPTIMAL;
  return Number(count);
}

/** Images left today, or null when nothing is counted. */
export function left(quota) {
  return quota?.limit == null ? null : Math.max(0, quota.limit - quota.used);
}

export const images = (n) => `${grouped(n)} ${Number(n) === 1 ? "image" : "images"}`;

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 4096 → "4,096"; more than fifteen digits → "10³⁰", or "about 4 × 10³⁰". */
export function grouped(n) {
  const digits = String(n);
  if (digits.length <= 15) return digits.replace(/\B(?=(\d{3})+$)/g, ",");
  const power = `10${[...String(digits.length - 1)].map((digit) => RAISED[digit]).join("")}`;
  return /^10*$/.test(digits) ? power : `about ${digits[0]} × ${power}`;
}

/** "14 left today", or "" when nothing is counted. */
export function leftWords(quota) {
  return left(quota) === null ? "" : `${left(quota)} left today`;
}

/** The price line of a proposal: "6 images, leaves 8 for today". */
export function proposalPrice(n, quota) {
  const rest = left(quota);
  if (rest === null) return images(n);
  return rest < n ? `${images(n)}, you have ${rest} left today` : `${images(n)}, leaves ${rest - n} for today`;
}

/** The footer of the batch dialog: "14 left today, 8 after this"; "" when nothing is counted. */
export function afterWords(n, quota) {
  const rest = left(quota);
  if (rest === null) return "";
  return n > rest ? `${rest} left today` : `${rest} left today, ${rest - n} after this`;
}

/** What is too much about n images, without its full stop, or "" when they fit; a row makes `each` of them. */
export function overWords(n, quota, { each = 1, cap = Infinity } = {}) {
  const rest = left(quota);
  const untick = (over) => `Untick ${NUMBERS[Math.ceil(over / each)] ?? Math.ceil(over / each)}`;
  if (rest === 0 && n) return `You have none left today. ${resetWords(quota).slice(0, -1)}`;
  if (rest !== null && n > rest) return `You have ${rest} left today. ${untick(n - rest)}`;
  return n > cap ? `A batch has at most ${cap} images. ${untick(n - cap)}` : "";
}

/** "Starts again in 6 h." */
export function resetWords(quota, now = Date.now()) {
  const minutes = Math.max(1, Math.ceil((Date.parse(quota.resets_at) - now) / 60_000));
  return minutes < 60 ? `Starts again in ${minutes} min.` : `Starts again in ${Math.round(minutes / 60)} h.`;
}

/** "about 40 s" for n images of a model, from the finished images at hand; "" when none tells. */
export function durationWords(n, model, finished) {
  const times = [...finished]
    .filter((image) => image.status === "ready" && image.model === model && image.started_at && image.finished_at)
    .map((image) => (Date.parse(image.finished_at) - Date.parse(image.started_at)) / 1000)
    .sort((a, b) => a - b);
  if (!times.length) return "";
  const seconds = Math.max(1, n * times[times.length >> 1]);
  if (seconds >= 90) return `about ${Math.round(seconds / 60)} min`;
  return `about ${seconds > 10 ? Math.round(seconds / 5) * 5 : Math.round(seconds)} s`;
}
