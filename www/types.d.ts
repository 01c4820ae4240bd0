/** The data that modules of this folder hand to each other. The engine's answers mirror `src/report.rs`. */

/** A piece of prose; mirrors `Inline` in `src/catalog.rs`. */
export type Inline =
  | { text: string }
  | { code: string }
  | { strong: Inline[] }
  | { link: { href: string; content: Inline[] } }
  | { list: { ordered: boolean; items: Inline[][] } }
  | { slot: string };

/** One cause with its steps, and when it applies. */
export interface Situation {
  when: Inline[] | null;
  cause: Inline[];
  /** What stands before the steps; left out when there is nothing. */
  intro?: Inline[];
  steps: Inline[][];
  ordered: boolean;
  choice: boolean;
}

/** How sure a diagnosis is. */
export type Confidence = "certain" | "likely" | "possible";

/** What stood in a slot; positions are UTF-16 code units of the paste. */
export interface Value {
  name: string;
  value: string;
  start: number;
  end: number;
}

/**
 * One error found in the paste. In a report of more than a hundred, those of the later ones that stand in the catalog (title,
 * language, apps, situations) are read when first looked at; a copy made before that, other than as JSON, is without them.
 */
export interface Diagnosis {
  entry: string;
  confidence: Confidence;
  alternatives: string[];
  title: string;
  /** The language of the title and the situations. */
  lang: string;
  /** A machine translated the title and the situations, and nobody reviewed them; left out when not so. */
  unreviewed?: boolean;
  apps: string[];
  message: string;
  values: Value[];
  evidence: { start: number; end: number; kind: "literal" | "value" | "app" }[];
  count: number;
  lines: number[];
  situations: Situation[];
  /** Why; only when `explain` asked for it. What `diagnose` gives is made when it is first read. */
  explanation?: Explanation;
  /** The lines around the first occurrence; only when `excerpts` asked for them. `line` counts from 1. */
  excerpt?: { line: number; start: number; text: string };
}

/** How a message was found. */
export type Manner = "whole" | "nearly" | "cut" | "tokens" | "description" | "part";

/** Why a diagnosis was made; shares are percentages. */
export interface Explanation {
  how: Manner;
  share: number;
  /** Fixed parts of the message that do not stand in the text. */
  missing: string[];
  runner_up: { entry: string; title: string; share: number; missing: string[]; other_code: boolean } | null;
}

/** A choice that only the reader can make. */
export interface Question {
  about: "app" | "situation";
  choices: { label: string; entry: string }[];
}

/** The answer to one paste. */
export interface Report {
  diagnoses: Diagnosis[];
  question: Question | null;
  scanned: { chars: number; lines: number };
}

/** A report as the module gives it: diagnoses that bring no texts stand in numbers and one text (`src/flat.rs`). */
export interface FlatReport extends Report {
  flat?: Uint32Array;
  said?: string;
}

/** What to diagnose with; an empty string means "any". */
export interface Options {
  lang?: string | undefined;
  app?: string | undefined;
  product?: string | undefined;
  /** How many lines are listed for each diagnosis. */
  maxLines?: number | undefined;
  /** Whether each diagnosis says why it was made. */
  explain?: boolean | undefined;
  /** Whether each diagnosis carries the lines around the first place where it occurs. */
  excerpts?: boolean | undefined;
}

/** What can be scanned: a text, a file (plain or gzip), or a stream of its bytes. */
export type Source = string | Blob | ReadableStream<Uint8Array>;

/** How far a scan has come; `share` is the part of the source, from 0 to 1, where its length is known. */
export interface Progress {
  /** Bytes of text in UTF-8. */
  bytes: number;
  lines: number;
  found: number;
  share: number | null;
}

/** How to scan. */
export interface ScanOptions extends Options {
  signal?: AbortSignal | undefined;
  onprogress?: ((progress: Progress) => void) | undefined;
}

/** A long text that is being read, as `src/wasm.rs` has it. */
export interface Scanner {
  push(bytes: Uint8Array): void;
  progress(): { bytes: number; lines: number; found: number };
  /** Uses the scanner up. */
  finish(): FlatReport;
  free(): void;
}

/** An entry without its causes and steps. */
export interface EntryHead {
  id: string;
  product: string;
  apps: string[];
  title: string;
  lang: string;
  message: string;
}

/** A text without its secrets; mirrors `src/redact.rs`. */
export interface Redaction {
  text: string;
  /** What was replaced; positions are UTF-16 code units of the original text. */
  replacements: { kind: SecretKind; placeholder: string; start: number; end: number }[];
}

/** What a secret is. */
export type SecretKind = "guid" | "email" | "ip" | "user" | "host" | "token" | "secret" | "cookie" | "key";

/** A catalog made ready to diagnose with. */
export interface Diagnoser {
  diagnose(text: string, options?: Options): Report;
  /** The same for a text of any length, without holding up the page. Rejects with the signal's reason when stopped. */
  scan(source: Source, options?: ScanOptions): Promise<Report>;
  /** Rejects when it fails; then nothing of the text may be handed on. */
  redact(text: string): Promise<Redaction>;
  /** What an entry tells, without anything of a paste. */
  entry(id: string, lang: string): Diagnosis | null;
  entries(lang: string): EntryHead[];
  apps(): { name: string; aliases: string[] }[];
  products(lang: string): { id: string; title: string }[];
  languages(): string[];
  /** Whom to ask when nothing is found, by language. */
  contact(): Record<string, Inline[]>;
  /** Why entries of the catalog were left out, a line each. */
  problems(): string[];
}

/** What the module's glue exports, as `src/wasm.rs` has it. */
export interface Glue {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  /** Another instance of the same module; what was made with the earlier one is of no use any more. */
  __wbg_reset_state(): void;
  /** Says who finds regular expressions. */
  expressions(matches: (expression: string, text: string) => unknown[]): void;
  Diagnoser: new (compact: Uint8Array) => {
    diagnose(text: string, options: Options): FlatReport;
    scan(options: Options): Scanner;
    entry(id: string, lang: string): Diagnosis | null;
    entries(lang: string): EntryHead[];
    apps(): { name: string; aliases: string[] }[];
    products(lang: string): { id: string; title: string }[];
    languages(): string[];
    contact(): Record<string, Inline[]>;
    hasExpressions(): boolean;
    warmUp(step: number): boolean;
  };
}

/** What the glue of the module for redaction exports, as `src/redact/door.rs` has it. */
export interface RedactGlue {
  redact(text: string): Redaction;
  __wbg_reset_state(): void;
}

/** What the glue of the module for some catalogs exports, as `src/tools.rs` has it. */
export interface ToolsGlue {
  Compiled: new (json: Uint8Array) => { bytes(): Uint8Array; problems(): string[] };
  json(compact: Uint8Array): string;
  matches(expression: string, text: string): unknown[];
  __wbg_reset_state(): void;
}

/** A catalog as data; `src/catalog.rs` says what may stand in it. */
export interface Catalog {
  format: number;
  products?: { id: string; titles: Record<string, string> }[];
  apps?: { name: string; aliases?: string[] }[];
  entries?: { id: string; product: string; apps?: string[]; messages: object[]; texts: Record<string, object> }[];
  /** Ids of entries of catalogs below that are not to be found. */
  hidden?: string[];
  /** Whom to ask when nothing is found, by language. */
  contact?: Record<string, Inline[]>;
}

/** A paste to try. */
export interface Sample {
  entry: string;
  text: string;
  app: string | null;
}

/** What cannot be loaded. */
export type Part = "engine" | "catalog" | "texts" | "samples";

/** Why something cannot be loaded; each has a sentence in every language. */
export type LoadCode =
  | "status"
  | "html"
  | "timeout"
  | "network"
  | "module"
  | "csp"
  | "not-wasm"
  | "no-wasm"
  | "not-json"
  | "no-content"
  | "no-entries"
  | "invalid"
  | "too-large"
  | "integrity"
  | "breakdown"
  | "unknown";

/** A file of an author: a page, or samples when its name ends in `.toml`. */
export interface AuthorFile {
  path: string;
  text: string;
}

/** Something wrong with a page; mirrors `Problem` in `src/catalog.rs`. */
export interface Problem {
  code: string;
  severity: "error" | "warning";
  path: string;
  line: number;
  column: number;
  what: string;
  help: string;
}

/** What `src/workbench.rs` says of an author's files. */
export interface Workbench {
  update(files: AuthorFile[]): { problems: Problem[]; entries: number; messages: number; samples: number; usable: boolean };
  coverage(): Problem[];
  /** Runs so many samples, from this one on. */
  prove(from: number, count: number): { problems: Problem[]; cross: { sample: string; path: string; line: number; finds: string }[] };
  diagnose(text: string, lang: string): Report | null;
  draft(paste: string): { entry: string; section: string; samples: string; finds: number; unusable: string | null } | null;
  /** Throws when what is given is no catalog. */
  delta(earlier: string): string;
  catalog(): string;
  free(): void;
}

/** The authors' module with its glue. */
export interface AuthorGlue {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  compile(pages: AuthorFile[]): {
    catalog: Catalog;
    problems: Problem[];
    /** Where each entry stands, in each language. */
    places: { entry: string; lang: string; path: string; line: number; column: number }[];
  };
  Workbench: new () => Workbench;
}

/** The keys of the interface texts. */
export type TextKey = keyof typeof import("./i18n/en.json") | keyof typeof import("./i18n/workbench/en.json");

/** The interface texts of one language. */
export interface Texts {
  lang: string;
  /** The text with its placeholders filled; `count` chooses the plural form. */
  say(key: TextKey, values?: Record<string, string | number>): string;
  /** "a, b and c" as the language writes it. */
  list(items: string[]): string;
  number(value: number): string;
  /** A number of bytes, in the unit that fits. */
  size(bytes: number): string;
}
