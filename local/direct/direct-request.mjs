// @ts-check
import { Readable, Writable } from "node:stream";

/**
 * @import { RequestOptions } from "node:http"
 * @import { DirectClient } from "./direct-client.mjs"
 * @import { DirectAnswer } from "./direct-protocol.ts"
 */

/** Whoever sets more than these is served by HTTP. */
const known = new Set(["method", "headers", "agent", "servername"]);

/**
 * Has `http.request(url, options)` of this thread reach engines through the port. Every other request, and every other
 * form of calling it, is Node's own as before.
 * @param {DirectClient} client
 */
export function routeRequests(client) {
  const http = process.getBuiltinModule("node:http");
  const request = http.request;
  http.request = /** @type {typeof http.request} */ (
    /** @param {unknown[]} args */
    (...args) => {
      const [url, options, third] = args;
      return url instanceof URL &&
        third === undefined &&
        isPlain(options) &&
        client.reaches(url.origin)
        ? new DirectRequest(client, url, options)
        : Reflect.apply(request, http, args);
    }
  );
}

/**
 * @param {unknown} options
 * @returns {options is RequestOptions}
 */
function isPlain(options) {
  if (typeof options !== "object" || options === null) return false;
  if (!Object.keys(options).every((name) => known.has(name))) return false;
  return !("headers" in options) || !Array.isArray(options.headers);
}

/** What a caller sees of a `ClientRequest`. */
class DirectRequest extends Writable {
  reusedSocket = false;
  /** @type {DirectClient} */
  #client;
  #url;
  #method;
  /** @type {Record<string, string>} */
  #headers = {};
  /** @type {(string | Buffer)[]} */
  #chunks = [];
  #hangUp = () => {};
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {DirectClient} client
   * @param {URL} url
   * @param {RequestOptions} options
   */
  constructor(client, url, { method = "GET", headers = {} }) {
    // As with HTTP, a request closes when its answer has ended.
    super({ decodeStrings: false, autoDestroy: false });
    this.#client = client;
    this.#url = url;
    this.#method = method;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
  }

  /** @param {string} name @param {unknown} value */
  setHeader(name, value) {
    this.#headers[name.toLowerCase()] = String(value);
    return this;
  }

  /** @param {string} name */
  getHeader(name) {
    return this.#headers[name.toLowerCase()];
  }

  /** @param {string} name */
  removeHeader(name) {
    delete this.#headers[name.toLowerCase()];
  }

  /** @param {number} ms @param {() => void} [listener] */
  setTimeout(ms, listener) {
    if (listener) this.once("timeout", listener);
    clearTimeout(this.#timer);
    this.#timer = ms > 0 ? setTimeout(() => this.emit("timeout"), ms) : undefined;
    return this;
  }

  /**
   * @param {string | Buffer} chunk
   * @param {BufferEncoding} encoding
   * @param {() => void} done
   * @override
   */
  _write(chunk, encoding, done) {
    const isText = typeof chunk === "string" && encoding !== "utf8" && encoding !== "utf-8";
    this.#chunks.push(isText ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  /** @param {() => void} done @override */
  _final(done) {
    const { host, origin, pathname, search } = this.#url;
    const call = {
      to: origin,
      method: this.#method,
      path: pathname + search,
      headers: { host, ...this.#headers },
      body: textOf(this.#chunks),
    };
    this.#hangUp = this.#client.call(call, (error, answer) => {
      this.#hangUp = () => {};
      if (answer) this.#take(answer);
      else this.destroy(error);
    });
    done();
  }

  /** @param {DirectAnswer} answer */
  #take(answer) {
    if (this.destroyed) return;
    const response = new DirectResponse(answer);
    response.once("close", () => this.destroy());
    this.once("close", () => response.destroy());
    if (!this.emit("response", response)) response.resume();
  }

  /** @param {Error | null} error @param {(error?: Error | null) => void} done @override */
  _destroy(error, done) {
    clearTimeout(this.#timer);
    this.#hangUp();
    done(error);
  }
}

/** What a caller sees of an `IncomingMessage`. */
class DirectResponse extends Readable {
  httpVersion = "1.1";
  complete = true;

  /** @param {DirectAnswer} answer */
  constructor({ status, headers, body }) {
    super();
    this.statusCode = status;
    this.headers = headers;
    this.rawHeaders = Object.entries(headers).flat();
    if (body !== "") this.push(Buffer.from(body));
    this.push(null);
  }

  /** @override */
  _read() {}
}

/**
 * What UTF-8 cannot say becomes U+FFFD, as on a socket.
 * @param {readonly (string | Buffer)[]} chunks
 */
function textOf(chunks) {
  const [first = "", second] = chunks;
  if (second === undefined && typeof first === "string") return first.toWellFormed();
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))).toString();
}
