// Frames, waits and the words for time.

const MINUTE = 60,
  HOUR = 3600,
  DAY = 86400;

/** Runs fn in the next animation frame, or soon by a timer where frames stand still (hidden tabs, tests). */
export function frame(fn) {
  const visible = typeof requestAnimationFrame === "function" && !document.hidden;
  if (visible) requestAnimationFrame(fn);
  else setTimeout(fn, 16);
}

/** Returns a function that calls fn once, `ms` after its last call. */
export function debounce(fn, ms) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), ms);
  };
}

/** Returns a function that calls fn at most once in `ms`; calls in between are made up for by one at the end. */
export function throttle(fn, ms) {
  let resting = false,
    missed = null;
  return function call(...args) {
    if (resting) return void (missed = args);
    resting = true;
    fn(...args);
    setTimeout(() => {
      const next = missed;
      resting = false;
      missed = null;
      if (next) call(...next);
    }, ms);
  };
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** "now", "8 min", "3 h", "2 d" or a date: how long before `now` (ms) the ISO time lies. */
export function ago(iso, now = Date.now()) {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < MINUTE) return "now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 7 * DAY) return `${Math.floor(seconds / DAY)} d`;
  return new Date(iso).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}

/** "today, 13:54", "yesterday, 13:54" or "3 May, 13:54". */
export function moment(iso, now = new Date()) {
  const at = new Date(iso);
  const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / (DAY * 1000));
  if (days === 0) return `today, ${clock}`;
  if (days === 1) return `yesterday, ${clock}`;
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${clock}`;
}

/** Whole seconds from the ISO time until `now` (ms), never negative. */
export const secondsSince = (iso, now = Date.now()) => Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));

/** 1 → "1st", 12 → "12th". */
export function ordinal(n) {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th")}`;
}
