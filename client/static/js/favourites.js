/** What a person wants first in a list: kept in this browser, for each person apart. */
export class Favourites {
  constructor(kind, userId, storage = globalThis.localStorage) {
    Object.assign(this, { key: `favourites:${kind}:${userId}`, storage });
    this.ids = new Set(JSON.parse(storage.getItem(this.key) ?? "[]"));
  }

  has(id) {
    return this.ids.has(id);
  }

  toggle(id) {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.storage.setItem(this.key, JSON.stringify([...this.ids]));
  }

  /** The same items, favourites before the others; one without an id ("none of these") stays on top. */
  first(items) {
    const rank = ({ id }) => (id === "" ? 0 : this.has(id) ? 1 : 2);
    return items.toSorted((a, b) => rank(a) - rank(b));
  }
}
