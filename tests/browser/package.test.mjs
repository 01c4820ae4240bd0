// The package that build makes: its manifest, its types, its classic script, its hashes, and that a server can import it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { dist, launch, run, source } from "./harness.mjs";
import { host, page, SNIPPET, visit } from "./host.mjs";

const CONNECTOR = "Could not create/update work item for alert cpu-high. ITSM Connector 7f3c does not exist or was deleted.";
const npm = join(dist, "npm");
const read = (name) => readFileSync(join(npm, name), "utf8");
const declaration = () => JSON.parse(read("custom-elements.json")).modules[0].declarations[0];
const names = (list) => list.map(({ name }) => name).sort();

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the manifest agrees with the source: attributes, properties, methods, slots, parts, custom properties", async () => {
  const server = await host({ "/": page(SNIPPET) });
  const { view, box, close, answers } = await visit(browser, `${server.url}/`);
  await box.fill(CONNECTOR);
  await answers.first().waitFor();
  const real = await view.evaluate(() => {
    const element = document.querySelector("error-diagnoser");
    const type = customElements.get("error-diagnoser");
    const own = [type.prototype, Object.getPrototypeOf(type.prototype)].flatMap((of) => Object.entries(Object.getOwnPropertyDescriptors(of)));
    const slots = [...element.shadowRoot.querySelectorAll("slot")].map((slot) => slot.name);
    return {
      attributes: [...type.observedAttributes].sort(),
      accessors: own.filter(([, { get }]) => get).map(([name]) => name).sort(),
      methods: own.filter(([, { value }]) => typeof value === "function").map(([name]) => name).sort(),
      slots,
    };
  });
  await close();
  await server.close();
  const { attributes, members, events, slots, cssParts, cssProperties } = declaration();
  assert.deepEqual(names(attributes), real.attributes);
  const fields = members.filter(({ kind }) => kind === "field");
  // What the element's own modules use of each other is no part of the face.
  const inner = ["sources", "wished"];
  assert.deepEqual(names(fields.filter(({ name }) => name !== "addressOf")), real.accessors.filter((name) => !inner.includes(name)));
  const callbacks = ["constructor", "connectedCallback", "disconnectedCallback", "attributeChangedCallback", "changed"];
  assert.deepEqual(names(members.filter(({ kind }) => kind === "method")), real.methods.filter((name) => !callbacks.includes(name)));
  for (const { name, fieldName } of attributes.filter((one) => one.name !== "lang")) {
    assert.equal(fields.find((field) => field.name === fieldName)?.attribute, name);
  }
  const scripts = readdirSync(join(source, "www")).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(source, "www", name), "utf8"));
  const all = scripts.join("\n");
  assert.deepEqual([...new Set([...real.slots, ...[...all.matchAll(/make\("slot", \{ name: "(\w+)" \}/g)].map(([, name]) => name)])].sort(), names(slots));
  const { PARTS } = await import(join(source, "www/part-names.js"));
  assert.deepEqual(names(cssParts), Object.keys(PARTS).sort());
  const used = new Set([...all.matchAll(/var\((--error-diagnoser-[\w-]+)/g)].map(([, name]) => name));
  assert.deepEqual(names(cssProperties), [...used].sort());
  const told = [...all.matchAll(/(?:tell\(|new CustomEvent\()(?:solved \? )?"([\w-]+)"/g)].map(([, name]) => name);
  assert.deepEqual(names(events), [...new Set(told)].sort());
});

test("every attribute is a property and back", async () => {
  const server = await host({ "/": page(SNIPPET) });
  const { view, close } = await visit(browser, `${server.url}/`);
  const values = { boolean: [true, ""], number: [3, "3"] };
  for (const { name, fieldName, type } of declaration().attributes) {
    const [value, text] = values[type.text] ?? [name === "lang" ? "sv" : "x", name === "lang" ? "sv" : "x"];
    const result = await view.evaluate(
      async ([attribute, property, given]) => {
        await customElements.whenDefined("error-diagnoser");
        const one = document.createElement("error-diagnoser");
        one[property] = given;
        const reflected = one.getAttribute(attribute);
        const other = document.createElement("error-diagnoser");
        other.setAttribute(attribute, reflected);
        return [reflected, other[property]];
      },
      [name, fieldName, value],
    );
    assert.deepEqual(result, [text, value], name);
  }
  await close();
  await server.close();
});

test("every part is there to be styled", async () => {
  const server = await host({ "/": page(SNIPPET) });
  const { view, box, close, answers, element } = await visit(browser, `${server.url}/`);
  const seen = new Set();
  const look = async () => {
    const parts = await view.evaluate(() => [...document.querySelector("error-diagnoser").shadowRoot.querySelectorAll("[part]")].flatMap((one) => [...one.part]));
    parts.forEach((part) => seen.add(part));
  };
  await view.route("**/catalog.{edc,json}", async (route) => {
    await element.getByText("One moment").first().waitFor();
    await look();
    await route.abort();
  });
  await box.focus();
  await element.getByRole("button", { name: "Try again" }).waitFor();
  await look();
  await view.unroute("**/catalog.{edc,json}");
  await element.getByRole("button", { name: "Try again" }).click();
  await element.getByText("How it works").waitFor();
  await look();
  for (const text of [CONNECTOR, "the access token has something to do with the weather"]) {
    await box.fill(text);
    await answers.first().or(element.getByText("Nothing found")).first().waitFor();
    await view.waitForTimeout(300);
    await look();
  }
  await close();
  await server.close();
  assert.deepEqual(declaration().cssParts.map(({ name }) => name).filter((name) => !seen.has(name)), []);
});

test("the types hold in a strict TypeScript project, and agree with what is shipped", () => {
  const folder = mkdtempSync(join(tmpdir(), "error-diagnoser-types-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(npm, join(folder, "node_modules/error-diagnoser"), "dir");
  writeFileSync(join(folder, "host.ts"), readFileSync(fileURLToPath(new URL("types-host.ts", import.meta.url))));
  const compilerOptions = {
    strict: true, noEmit: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext",
    exactOptionalPropertyTypes: true, lib: ["es2023", "dom", "dom.iterable"], types: [], preserveSymlinks: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["host.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", import.meta.url));
  try {
    execFileSync(process.execPath, [tsc, "--project", folder], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("importing it on a server does no harm, and the engine answers there", () => {
  const folder = mkdtempSync(join(tmpdir(), "error-diagnoser-server-"));
  mkdirSync(join(folder, "node_modules"));
  cpSync(npm, join(folder, "node_modules/error-diagnoser"), { recursive: true });
  const script = `import { ErrorDiagnoser } from "error-diagnoser"; import { load } from "error-diagnoser/engine.js";
    const { diagnoses } = (await load()).diagnose(${JSON.stringify(CONNECTOR)});
    console.log(typeof ErrorDiagnoser, typeof document, diagnoses[0].entry);`;
  writeFileSync(join(folder, "server.mjs"), script);
  const said = execFileSync(process.execPath, ["server.mjs"], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  assert.equal(said.trim(), "function undefined itsmc/missing-connector");
});

test("npm would publish it: every file that it names is there", () => {
  const { exports, sideEffects, license, version } = JSON.parse(read("package.json"));
  assert.equal(license, "MIT OR Apache-2.0");
  assert.match(version, /^\d+\.\d+\.\d+$/);
  const targets = Object.values(exports).flatMap((one) => (typeof one === "string" ? [one] : Object.values(one))).filter((path) => !path.includes("*"));
  for (const path of [...targets, ...sideEffects]) assert.ok(readFileSync(join(npm, path)).length > 0, path);
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--offline"], { cwd: npm, encoding: "utf8" }));
  const files = packed.files.map(({ path }) => path);
  for (const name of ["widget.js", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "custom-elements.json", "i18n/ko.json"]) assert.ok(files.includes(name), name);
});

test("the hashes that build prints and keeps are those of the files; browsers take them", async () => {
  const { integrity } = JSON.parse(read("integrity.json"));
  for (const [name, hash] of Object.entries(integrity)) {
    assert.equal(hash, `sha384-${createHash("sha384").update(readFileSync(join(npm, name))).digest("base64")}`, name);
  }
  assert.deepEqual(Object.keys(integrity).sort(), readdirSync(npm).filter((name) => name.endsWith(".js")).map((name) => `./${name}`).sort());
  const printed = run(["build"]);
  for (const name of ["widget.js", "widget.classic.js"]) assert.ok(printed.includes(`${name}: integrity="${integrity[`./${name}`]}"`), printed);
  const script = (hash) => page(`<error-diagnoser></error-diagnoser><script src="/diagnoser/npm/widget.classic.js" integrity="${hash}"></script>`);
  const server = await host({ "/": script(integrity["./widget.classic.js"]), "/wrong": script(integrity["./widget.js"]) });
  const right = await visit(browser, `${server.url}/`);
  await right.box.fill(CONNECTOR);
  await right.answers.first().waitFor();
  assert.deepEqual(right.complaints, []);
  await right.close();
  const wrong = await visit(browser, `${server.url}/wrong`);
  assert.equal(await wrong.view.evaluate(() => customElements.get("error-diagnoser")), undefined);
  assert.match(wrong.complaints.join(), /integrity/);
  await wrong.close();
  // All modules, by an import map.
  const absolute = Object.fromEntries(Object.entries(integrity).map(([name, hash]) => [`/diagnoser/npm/${name.slice(2)}`, hash]));
  const map = (hashes) => page(`<script type="importmap">${JSON.stringify({ integrity: hashes })}</script><script type="module" src="/diagnoser/npm/widget.js"></script><error-diagnoser></error-diagnoser>`);
  const mapped = await host({ "/": map(absolute), "/wrong": map({ ...absolute, "/diagnoser/npm/element.js": integrity["./widget.js"] }) });
  const whole = await visit(browser, `${mapped.url}/`);
  await whole.box.fill(CONNECTOR);
  await whole.answers.first().waitFor();
  await whole.close();
  const other = await visit(browser, `${mapped.url}/wrong`);
  await other.box.fill(CONNECTOR);
  await other.element.getByText("This could not be loaded.").first().waitFor();
  await other.close();
  await mapped.close();
  await server.close();
});
