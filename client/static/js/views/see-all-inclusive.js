// The way out of every limit of the Free plan.

export function seeAllInclusive() {
  return Object.assign(document.createElement("a"), { href: "/billing", textContent: "See All Inclusive" });
}
