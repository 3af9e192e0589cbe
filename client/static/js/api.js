// The HTTP door: JSON in and out, CSRF, and errors as one type.

import { wait } from "./timing.js";

const RETRY_AFTER_MS = [500, 1500, 3000];

/** What the server refused, or status 0 when it could not be reached. */
export class ApiError extends Error {
  constructor(status, { code, message, ...rest }) {
    super(message);
    this.name = "ApiError";
    Object.assign(this, { status, code, field: null, line: null, column: null, retry_after: null }, rest);
  }
}

export class Api {
  #csrf;
  #fetch;

  constructor({ csrf = "", fetch = globalThis.fetch.bind(globalThis), pauses = RETRY_AFTER_MS } = {}) {
    this.#csrf = csrf;
    this.#fetch = fetch;
    this.pauses = pauses;
    this.onSignedOut = () => {};
  }

  get(path) {
    return this.#request("GET", path);
  }
  post(path, body = {}) {
    return this.#request("POST", path, body);
  }
  /** What a path sends as a file: all of it, or an error. */
  async file(path) {
    const answer = await this.#reach("GET", path);
    if (!answer.ok) throw await refusal(answer);
    return answer.blob().catch(() => {
      throw new ApiError(0, { code: "broken_off", message: "The file did not come to its end. Try again." });
    });
  }
  put(path, body) {
    return this.#request("PUT", path, body);
  }
  patch(path, body) {
    return this.#request("PATCH", path, body);
  }
  delete(path, body) {
    return this.#request("DELETE", path, body);
  }

  async #request(method, path, body, first = true) {
    const answer = await this.#reach(method, path, body);
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const error = await refusal(answer);
    if (first && error.code === "csrf_failed" && (await this.#renewCsrf()))
      return this.#request(method, path, body, false);
    if (error.status === 401) this.onSignedOut();
    throw error;
  }

  /** A call that can be repeated without harm is repeated when the server cannot be reached. */
  async #reach(method, path, body) {
    const pauses = method !== "POST" || body?.id ? this.pauses : [];
    for (const pause of [...pauses, null]) {
      try {
        return await this.#fetch(path, this.#options(method, body));
      } catch {
        if (pause === null) break;
        await wait(pause);
      }
    }
    throw new ApiError(0, { code: "unreachable", message: "The server cannot be reached. Try again in a moment." });
  }

  #options(method, body) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = this.#csrf;
    if (body === undefined) return { method, headers, credentials: "same-origin" };
    if (body instanceof FormData) return { method, headers, credentials: "same-origin", body };
    headers["Content-Type"] = "application/json";
    return { method, headers, credentials: "same-origin", body: JSON.stringify(body) };
  }

  async #renewCsrf() {
    const answer = await this.#reach("GET", "/api/session");
    if (!answer.ok) return false;
    const fresh = (await answer.json()).csrf_token;
    const changed = fresh !== this.#csrf;
    this.#csrf = fresh;
    return changed;
  }
}

async function refusal(answer) {
  const plain = { code: "unavailable", message: "Something broke on our side. Try again in a moment." };
  const body = await answer.json().catch(() => ({}));
  return new ApiError(answer.status, body.error ?? plain);
}
