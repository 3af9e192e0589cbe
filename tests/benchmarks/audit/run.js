// Lighthouse's desktop audit of one page in a browser that is already signed in:
// `node run.js PORT URL TIMES CATEGORY…` prints one line of JSON for each time.

import lighthouse, { desktopConfig } from "lighthouse";

const SERIES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
const [port, url, times, ...onlyCategories] = process.argv.slice(2);

for (let turn = 0; turn < Number(times); turn++) {
  const { lhr } = await lighthouse(url, { port: Number(port), onlyCategories, logLevel: "error" }, desktopConfig);
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  const took = Object.fromEntries(SERIES.map((id) => [id, lhr.audits[id]?.numericValue ?? null]));
  const weighty = new Set(Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight).map(({ id }) => id)));
  const short = Object.values(lhr.audits).filter(({ id, score }) => score !== null && score < 0.9 && weighty.has(id));
  console.log(JSON.stringify({ scores, took, short: short.map(({ id }) => id), page: lhr.finalDisplayedUrl }));
}
