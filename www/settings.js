// @ts-check
/** The attributes of `<error-diagnoser>` as properties. */

/** Where there is no DOM (a server), importing this module must do no harm. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

export class Settings extends Base {
  /** The address of the catalog; the built-in one when empty. */
  get catalog() {
    return this.getAttribute("catalog") ?? "";
  }
  set catalog(value) {
    this.#reflect("catalog", value);
  }

  /** Which file the catalog must be, as on a script: `sha256-…`; any when empty. */
  get integrity() {
    return this.getAttribute("integrity") ?? "";
  }
  set integrity(value) {
    this.#reflect("integrity", value);
  }

  /** The app that errors come from, by name or alias; any when empty. */
  get app() {
    return this.getAttribute("app") ?? "";
  }
  set app(value) {
    this.#reflect("app", value);
  }

  /** The id of the product to search in; all when empty. */
  get product() {
    return this.getAttribute("product") ?? "";
  }
  set product(value) {
    this.#reflect("product", value);
  }

  /** `light`, `dark`, or else as the page around is. */
  get theme() {
    return this.getAttribute("theme") ?? "auto";
  }
  set theme(value) {
    this.#reflect("theme", value);
  }

  /** The entry that is looked up without a paste, by its id; none when empty. */
  get entry() {
    return this.getAttribute("entry") ?? "";
  }
  set entry(value) {
    this.#reflect("entry", value);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #reflect(name, value) {
    if (value) {
      this.setAttribute(name, value);
    } else {
      this.removeAttribute(name);
    }
  }
}
