// @ts-check
/** The attributes of `<error-diagnoser>` as properties. */

/** Where there is no DOM (a server), importing this module must do no harm. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

/** @typedef {string | URL | object} Source where a catalog is: an address, `builtin`, `#id` of a part of the page; or a catalog itself */

export class Settings extends Base {
  /** Catalogs that are given as objects; undefined where the attribute says it all. @type {Source[] | undefined} */
  #given;

  /** The catalogs: addresses, `builtin` and `#id`, separated by spaces, the later over the earlier; the built-in one when empty. @type {Source | Source[]} */
  get catalog() {
    return this.#given ?? this.#text("catalog");
  }
  set catalog(value) {
    const all = [value ?? ""].flat();
    const isText = all.every((one) => typeof one === "string" || one instanceof URL);
    const before = this.#given;
    this.#given = isText ? undefined : all;
    this.#reflect("catalog", isText ? all.join(" ") : "");
    if (before || this.#given) this.changed("catalog");
  }

  /** The catalogs, one by one. @type {Source[]} */
  get sources() {
    return this.#given ?? this.#text("catalog").split(/\s+/).filter(Boolean);
  }

  /** Which file the catalog must be, as on a script: `sha256-…`; any when empty. */
  get integrity() {
    return this.#text("integrity");
  }
  set integrity(value) {
    this.#reflect("integrity", value);
  }

  /** The app that errors come from, by name or alias; any when empty. */
  get app() {
    return this.#text("app");
  }
  set app(value) {
    this.#reflect("app", value);
  }

  /** The id of the product to search in; all when empty. */
  get product() {
    return this.#text("product");
  }
  set product(value) {
    this.#reflect("product", value);
  }

  /** `light`, `dark`, or else as the page around is. */
  get theme() {
    return this.#text("theme") || "auto";
  }
  set theme(value) {
    this.#reflect("theme", value);
  }

  /** `compact` for a narrow place; else `full`. */
  get layout() {
    return this.#text("layout") || "full";
  }
  set layout(value) {
    this.#reflect("layout", value);
  }

  /** How many errors are explained at once; 0 for all. */
  get maxResults() {
    return Math.max(0, Math.floor(Number(this.#text("max-results"))) || 0);
  }
  set maxResults(value) {
    this.#reflect("max-results", value > 0 ? String(value) : "");
  }

  /** The id of a field of the page that is watched instead of an own box. */
  get htmlFor() {
    return this.#text("for");
  }
  set htmlFor(value) {
    this.#reflect("for", value);
  }

  /** What stands in the empty box; our own words when empty. */
  get placeholder() {
    return this.#text("placeholder");
  }
  set placeholder(value) {
    this.#reflect("placeholder", value);
  }

  /** When engine and catalog are loaded: at the first `focus` or paste, when `visible`, or `eager`ly. */
  get loading() {
    return this.#text("loading") || "focus";
  }
  set loading(value) {
    this.#reflect("loading", value);
  }

  /** Whether `diagnosis` and `no-match` carry the text itself. */
  get includePaste() {
    return this.hasAttribute("include-paste");
  }
  set includePaste(value) {
    this.toggleAttribute("include-paste", Boolean(value));
  }

  /** The entry that is looked up without a paste, by its id; none when empty. */
  get entry() {
    return this.#text("entry");
  }
  set entry(value) {
    this.#reflect("entry", value);
  }

  /** A setting has another value. @param {string} _name */
  changed(_name) {}

  /** @param {string} name */
  #text(name) {
    return this.getAttribute(name) ?? "";
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #reflect(name, value) {
    if (value) this.setAttribute(name, value);
    else this.removeAttribute(name);
  }
}
