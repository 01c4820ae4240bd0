// The protections behind the table in README.md, and how each is taken away: what stands in a file, what stands there
// instead, and the test that must fail then. `suite` is a target of cargo's (faults, fuzz, redact), a part of
// tests/supply/run, or a test file of Node's; `test` is a part of the test's name.

/** @typedef {{ line: number, without: string, file: string, from: string, to: string, suite: string, test: string }} Removal */

/** @type {Removal[]} */
export const REMOVALS = [];

/** @param {number} line @param {string} without @param {[string, string, string]} change @param {[string, string]} test */
const remove = (line, without, [file, from, to], [suite, test]) => REMOVALS.push({ line, without, file, from, to, suite, test });

// Pasted text.
remove(1, "text nodes: strings become markup", ["www/nodes.js", "element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));", 'for (const child of children) if (typeof child === "string") element.insertAdjacentHTML("beforeend", child); else if (child) element.append(child);'], ["faults/paste", "fault 1: hostile markup as paste"]);
remove(1, "text nodes: what a catalog says becomes markup", ["www/nodes.js", "element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));", 'for (const child of children) if (typeof child === "string") element.insertAdjacentHTML("beforeend", child); else if (child) element.append(child);'], ["faults/paste", "fault 1: hostile markup as catalog"]);
remove(2, "the ban on innerHTML", ["www/nodes.js", "element.append(...children", "element.innerHTML = ''; element.append(...children"], ["faults", "fault_02"]);
remove(3, "the policy for the worker's address", ["www/offline.js", "registration = await workers.register(trusted(", "registration = await workers.register(String("], ["faults/paste", "fault 3"]);
remove(3, "styles of their own file: one stands inline", ["www/index.html", "</head>", "<style>p{}</style></head>"], ["faults", "fault_03"]);
remove(4, "the second unit of characters beyond 16 bits", ["src/positions.rs", "text.len() - begins_none + count(text.as_bytes(), Lanes::begins_four)", "text.len() - begins_none + 0 * count(text.as_bytes(), Lanes::begins_four)"], ["faults", "fault_04"]);
remove(4, "the same, in the module", ["src/positions.rs", "text.len() - begins_none + count(text.as_bytes(), Lanes::begins_four)", "text.len() - begins_none + 0 * count(text.as_bytes(), Lanes::begins_four)"], ["faults/paste", "fault 4"]);
remove(5, "the page's turn between slices", ["www/scan.js", "          await pause();\n", ""], ["faults/paste", "fault 5"]);
remove(6, "the memory of where no end stands", ["src/matcher.rs", "self.first_between(template, segment, last, passed, to)", "self.first_between(template, segment, last, last.end.min(passed), to)"], ["matcher", "beginnings_without_an_end"]);
remove(7, "the look for zero bytes in a file", ["www/intake.js", 'throw new IntakeError("binary", file.name);', "looked += 0;"], ["faults/paste", "fault 7"]);
remove(7, "the unpacking of gzip", ["www/scan.js", "head[0] === 0x1f && head[1] === 0x8b", "head[0] === 0x1f && head[1] === 0"], ["faults/paste", "fault 7"]);

// Panic and memory.
remove(8, "the fresh instance after a breakdown", ["www/engine.js", "  glue.__wbg_reset_state();\n  return new LoadError", "  return new LoadError"], ["faults/breakdown", "fault 8: a hundred"]);
remove(8, "a diagnoser made anew for the fresh instance", ["www/engine.js", "if (made.of !== breakdowns) made = make();", ""], ["faults/breakdown", "fault 8: a scan"]);
remove(9, "giving a paste's memory back", ["src/wasm.rs", "report_to_js(self.0.diagnose(text,", "report_to_js(self.0.diagnose(Box::leak(text.to_owned().into_boxed_str()),"], ["faults/breakdown", "fault 9"]);

// Catalog.
remove(10, "the limit of entries", ["src/catalog/json.rs", "if raws.len() == MAX_ENTRIES {", "if raws.len() == usize::MAX {"], ["faults", "fault_10_the_number"]);
remove(10, "the limit of a file", ["src/catalog/json.rs", "if json.len() > MAX_BYTES {", "if json.len() == usize::MAX {"], ["faults", "fault_10_the_size"]);
remove(10, "the limit of messages", ["src/catalog/rules.rs", "if self.messages.len() > MAX_MESSAGES {", "if self.messages.len() == usize::MAX {"], ["faults", "fault_10_messages"]);
remove(10, "the limit of a message", ["src/catalog/rules.rs", "if message.text.len() > MAX_MESSAGE {", "if message.text.len() == usize::MAX {"], ["faults", "fault_10_messages"]);
remove(10, "the limit of a compiled expression", ["src/pattern/regex.rs", ".size_limit(LARGEST)", ""], ["faults", "fault_10_a_compiled"]);
remove(10, "the limit of nesting", ["src/catalog/rules.rs", "if depth > MAX_NESTING {", "if depth == usize::MAX {"], ["faults", "fault_10_nesting"]);
remove(10, "the limit of what is fetched", ["www/request.js", "if (read.bytes > MOST_BYTES) throw", "if (read.bytes < 0) throw"], ["faults/catalog", "fault 10"]);
remove(11, "the count of entries left out", ["www/element.js", "const leftOut = problems.length > 0 ?", "const leftOut = problems.length < 0 ?"], ["faults/catalog", "fault 11: a bad entry"]);
remove(11, "keeping the catalog that worked, where a file does not arrive", ["www/layers.js", "if (layers.length === 0 && earlier) return earlier;", ""], ["faults/catalog", "fault 11: a bad file"]);
remove(11, "keeping the catalog that worked, where a file is of no use", ["www/layers.js", "return earlier?.diagnoser ?? load();", "return load();"], ["faults/catalog", "fault 11: a bad file"]);
remove(12, "the look at a link before it is made", ["www/prose.js", "if (!/^(https:\\/\\/|mailto:)[^\\s\\p{Cc}]+$/iu.test(href)) {", "if (href === null) {"], ["faults/catalog", "fault 12"]);
remove(12, "noopener and noreferrer", ["www/prose.js", 'rel: "noopener noreferrer"', 'rel: "noopener"'], ["faults/catalog", "fault 12"]);
remove(12, "the look at a link while reading", ["src/catalog/rules.rs", "if !is_safe_link(href) {", "if href.is_empty() {"], ["faults", "fault_12"]);
remove(13, "the look for ids given twice", ["src/catalog/json.rs", "if let Some(first) = self.places.get(&id) {", 'if let Some(first) = self.places.get("") {'], ["faults", "fault_13_duplicate"]);
remove(13, "what was meant", ["src/catalog/json.rs", 'Some(near) => format!("did you mean \\"{near}\\"?"),', "Some(_) => String::new(),"], ["faults", "fault_13_unknown"]);
remove(14, "the look for a web page in place of JSON", ["www/request.js", 'if (head.trimStart().startsWith("<")) throw', "if (head === null) throw"], ["faults/catalog", "fault 14"]);
remove(14, "the look at the status", ["www/request.js", "if (!response.ok) {", "if (response === null) {"], ["faults/catalog", "fault 14"]);
remove(14, "the time limit", ["www/request.js", "signal: AbortSignal.timeout(TIMEOUT),", ""], ["faults/catalog", "fault 14"]);
remove(15, "asking without credentials", ["www/request.js", 'credentials: "omit"', 'credentials: "include"'], ["faults/catalog", "fault 15: a catalog"]);
remove(15, "asking without a referrer", ["www/request.js", '      referrerPolicy: "no-referrer",\n', ""], ["faults/catalog", "fault 15: a catalog"]);
remove(15, "the hash behind an address", ["www/engine.js", 'const file = integrity || (INTEGRITY.test(url.hash) ? url.hash.slice(1) : "");', "const file = integrity;"], ["faults/catalog", "fault 15: with"]);
remove(16, "the bound on nested lists and quotes", ["src/page/build.rs", "if self.blocks.len() + 1 >= MAX_NESTING =>", "if self.blocks.len() + 1 >= usize::MAX =>"], ["faults", "fault_16"]);

// Address, storage, messages.
remove(17, "the list of languages", ["www/browse.js", 'LANGUAGES.includes(lang) ? lang : ""', "lang"], ["faults/address", "fault 17: unknown"]);
remove(17, "what cannot be decoded is text", ["www/browse.js", "  try {\n    return decodeURIComponent(part);\n  } catch {\n    return part;\n  }", "  return decodeURIComponent(part);"], ["faults/address", "fault 17: unknown"]);
remove(18, "events without the paste", ["www/element.js", "new CustomEvent(type, { detail,", "new CustomEvent(type, { detail: { ...detail, text: this.frame.box.value },"], ["faults/silence", "fault 18"]);
remove(19, "blocked storage is caught when it is read", ["www/choices.js", '  } catch {\n    return "";\n  }', "  } finally {\n  }"], ["faults/address", "fault 19: blocked"]);
remove(19, "nothing but choices is stored", ["www/box.js", "    this.listener.ontext();", '    this.listener.ontext();\n    sessionStorage.setItem("draft", "1");'], ["faults", "fault_19"]);
remove(20, "the widget's deafness", ["www/element.js", "const turn = ++this.#catalogTurn;", 'const turn = ++this.#catalogTurn; addEventListener("message", () => 0);'], ["faults", "fault_20"]);
remove(20, "the catalog comes from the attribute", ["www/element.js", "const turn = ++this.#catalogTurn;", 'const turn = ++this.#catalogTurn; const named = new URL(document.URL).searchParams.get("catalog"); if (named) void fetch(named).catch(() => 0);'], ["faults/address", "fault 20"]);

// Loading and hosting.
remove(21, "compiling from bytes where the type is another", ["www/modules.js", 'if (response.headers.get("content-type")?.startsWith("application/wasm")) {', "if (response) {"], ["faults/hosting", "fault 21: wasm served"]);
remove(21, "the look at the status of the module", ["www/request.js", "if (!response.ok) {", "if (response === null) {"], ["faults/hosting", "fault 21: wasm that"]);
remove(21, "telling a policy from a broken file", ["www/modules.js", "return error instanceof Error && /unsafe-eval", "return error === null && /unsafe-eval"], ["faults/hosting", "fault 21: a policy"]);
remove(22, "the look whether the element is there already", ["www/widget.js", '!customElements.get("error-diagnoser")', "true"], ["faults/hosting", "fault 22"]);
remove(22, "one engine for all", ["www/modules.js", "  if (!started) {", "  if (started !== null) {"], ["faults/hosting", "fault 22"]);
remove(23, "a size within bounds", ["www/first-style.js", "clamp(13px, 1em, 40px)", "1em"], ["faults/hosting", "fault 23: hostile"]);
remove(23, "nothing of how the page writes", ["www/first-style.js", "  all: initial;\n", ""], ["faults/hosting", "fault 23: hostile"]);
remove(24, "no worker but the page's", ["www/box.js", "  #tell() {", "  #tell() {\n    void navigator.serviceWorker;"], ["faults", "fault_24"]);
remove(24, "the hash of each file of a release", ["www/sw.js", "if (!response.ok || found !== hash) {", "if (!response.ok) {"], ["browser/offline", "a release that is not whole"]);
remove(24, "the way out", ["www/sw.js", "    await registration.unregister();\n", ""], ["browser/offline", "an empty list frees"]);
remove(25, "what the one file carries", ["src/cli/single.rs", 'let is_module = |path: &str| modules.iter().any(|module| module.wasm() == path);', "let is_module = |_: &str| false;"], ["browser/offline", "as one file from disk"]);
remove(25, "connect-src 'none'", ["src/cli/single.rs", "connect-src 'none';", "connect-src *;"], ["browser/offline", "as one file from disk"]);

// Proof of silence.
remove(26, "silence: the paste is put into the title", ["www/box.js", "    this.listener.ontext();", "    this.listener.ontext();\n    document.title = this.frame.box.value;"], ["faults/silence", "fault 26: pasting"]);
remove(26, "silence: something is asked for when a text is there", ["www/box.js", "    this.listener.ontext();", '    this.listener.ontext();\n    void fetch("./favicon.svg");'], ["faults/silence", "fault 26: pasting"]);
remove(26, "nobody but the engine fetches", ["www/box.js", "    this.listener.ontext();", '    this.listener.ontext();\n    void fetch("./favicon.svg");'], ["faults", "fault_26"]);
remove(27, "no spell checking", ["www/frame.js", 'spellcheck: "false"', 'spellcheck: "true"'], ["faults/silence", "fault 27"]);
remove(27, "no translation", ["www/frame.js", '    translate: "no",\n', ""], ["faults/silence", "fault 27"]);

// Redaction.
remove(28, "no copying where redaction fails", ["www/handout.js", '() => inside.append(make("p", {}, texts.say("report.unsafe"))),', '() => inside.append(make("pre", {}, paste.text), copyButton(texts, "report.copy", () => paste.text)),'], ["faults/silence", "fault 28: if"]);
remove(28, "what is copied is what is shown", ["www/handout.js", 'copyButton(texts, "report.copy", () => text)', 'copyButton(texts, "report.copy", () => paste.text)'], ["faults/silence", "fault 28: a report"]);
remove(28, "telling versions from addresses", ["src/redact/addresses.rs", "if self.is_version(at, end) {", "if at > end {"], ["faults", "fault_28_version"]);
remove(28, "one name for one thing", ["src/redact/names.rs", "let plain = byte.unwrap_or(bytes[at]);", "let plain = bytes[at];"], ["faults", "fault_28_the_same"]);
remove(28, "quotation marks that are escaped", ["src/redact/values.rs", "let slashes = self.run(from, |byte| byte == b'\\\\') - from;", "let slashes = 0 * from;"], ["redact", "recall_and_precision"]);

// Supply chain.
remove(29, "exact versions of what the tests install", ["tests/browser/package.json", '"playwright-core": "', '"playwright-core": "^'], ["faults", "fault_29"]);
remove(29, "a licence that is allowed", ["deny.toml", '    "Unicode-3.0",\n', ""], ["supply", "licences"]);
remove(29, "this machine's folders kept out of the module", ["src/cli/project.rs", "--remap-path-prefix={}=deps", "--remap-path-prefix={}/none=deps"], ["supply", "reproducible"]);
remove(30, "what an input kept by the fuzzer mended", ["src/redact/values.rs", "(end..end + 160).contains(&at)", "at - end < 160"], ["fuzz", "redact"]);
