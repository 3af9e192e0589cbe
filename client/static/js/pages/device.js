// What a browser is called, from what it says of itself.

const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
const SYSTEMS = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS X", "Mac"], ["CrOS", "Chromebook"], ["Linux", "Linux"]];

/** "Firefox on Linux"; a program that is no browser by its first word. */
export function device(userAgent) {
  const name = (pairs) => pairs.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = name(BROWSERS), system = name(SYSTEMS);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? (userAgent.split(/[\s/]/)[0] || "Unknown device");
}
