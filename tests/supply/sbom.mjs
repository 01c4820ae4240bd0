// What our software consists of, as CycloneDX 1.5, on standard output:
//
//     node tests/supply/sbom.mjs           what readers run: the module for the browser
//     node tests/supply/sbom.mjs author    what authors run besides: the module of the workbench
//     node tests/supply/sbom.mjs command   the command, which builds both
//     node tests/supply/sbom.mjs --check   writes all three to target/sbom/, and sees that each names every package that
//                                          cargo compiles for it, and the licence of each
//
// Made of what cargo knows of Cargo.lock, so that it can never differ from what is locked. The check goes by what the
// compiler is really given, so that it does not ask the same twice; a list may name a few more, which features of others
// leave out.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "../..");
const told = (command, ...args) => execFileSync(command, args, { cwd: source, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] });
const compiler = Object.fromEntries([...told("rustc", "-vV").matchAll(/^([\w-]+): (.+)$/gm)].map(([, key, value]) => [key, value]));

/** What we make: for which platform, with which features, and what of the package it is. */
const WASM = "wasm32-unknown-unknown";
const MADE = {
  module: { platform: WASM, features: [], part: ["--lib", "--target", WASM] },
  author: { platform: WASM, features: ["--features", "author"], part: ["--lib", "--target", WASM] },
  command: { platform: compiler.host, features: [], part: ["--bin", "error-diagnoser"] },
};

/** The hashes that cargo checks each download against. */
function checksums() {
  const sums = new Map();
  for (const block of readFileSync(join(source, "Cargo.lock"), "utf8").split("[[package]]")) {
    const [name, version, sum] = ["name", "version", "checksum"].map((key) => block.match(new RegExp(`^${key} = "(.+)"$`, "m"))?.[1]);
    if (sum) sums.set(`${name}@${version}`, sum);
  }
  return sums;
}

/** The list of components of one of the things that we make. */
function list(what) {
  const { platform, features } = MADE[what];
  const metadata = JSON.parse(told("cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", platform, ...features));
  const packages = new Map(metadata.packages.map((one) => [one.id, one]));
  const nodes = new Map(metadata.resolve.nodes.map((one) => [one.id, one]));
  // What is linked or runs while building: not what only tests need.
  const needs = (id) => nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind !== "dev")).map(({ pkg }) => pkg);
  const { root } = metadata.resolve;
  const reached = new Set([root]);
  for (const id of reached) for (const need of needs(id)) reached.add(need);

  const sums = checksums();
  const url = (id) => `pkg:cargo/${packages.get(id).name}@${packages.get(id).version}`;
  const component = (id) => {
    const { name, version, license } = packages.get(id);
    const sum = sums.get(`${name}@${version}`);
    return {
      type: "library",
      "bom-ref": url(id),
      name,
      version,
      purl: url(id),
      licenses: license ? [{ expression: license.replaceAll("/", " OR ") }] : [],
      ...(sum && { hashes: [{ alg: "SHA-256", content: sum }] }),
    };
  };
  // It stands in no lock file, and is linked all the same.
  const standard = {
    type: "library",
    "bom-ref": `pkg:generic/rust-std@${compiler.release}`,
    name: "rust-std",
    version: compiler.release,
    description: `The standard library of Rust for ${platform}, commit ${compiler["commit-hash"]}`,
    purl: `pkg:generic/rust-std@${compiler.release}`,
    licenses: [{ expression: "MIT OR Apache-2.0" }],
  };
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { ...component(root), type: "application", description: `${what}, for ${platform}` } },
    components: [...[...reached].filter((id) => id !== root).map(component).sort((a, b) => (a.purl < b.purl ? -1 : 1)), standard],
    dependencies: [...reached].map((id) => ({ ref: url(id), dependsOn: [...needs(id).map(url), standard["bom-ref"]].sort() })).sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
  // The same input gives the same identifier: nothing of the time or the machine is in it.
  const digest = createHash("sha256").update(JSON.stringify(bom)).digest("hex");
  bom.serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return bom;
}

/** The packages that cargo compiles for it, but for our own. Which they are does not depend on how far it compiles them. */
function compiled(what) {
  const { features, part } = MADE[what];
  const messages = told("cargo", "check", ...part, ...features, "--locked", "--message-format=json").trim().split("\n").map((line) => JSON.parse(line));
  const own = JSON.parse(told("cargo", "metadata", "--format-version", "1", "--locked", "--no-deps")).packages[0].id;
  const ids = messages.filter(({ reason, package_id: id }) => reason === "compiler-artifact" && id !== own).map(({ package_id: id }) => id);
  // `registry+https://…#name@1.2.3`
  return new Set(ids.map((id) => id.split("#")[1]));
}

function check(what) {
  const bom = list(what);
  const named = new Set(bom.components.filter(({ purl }) => purl.startsWith("pkg:cargo/")).map(({ name, version }) => `${name}@${version}`));
  const built = compiled(what);
  const unnamed = [...built].filter((one) => !named.has(one));
  const unlicensed = bom.components.filter(({ licenses }) => licenses.length === 0).map(({ name }) => name);
  for (const [wrong, sentence] of [[unnamed, "compiled, and not in the list"], [unlicensed, "without a licence"]]) {
    if (wrong.length > 0) console.error(`error: ${what}: ${sentence}: ${wrong.join(", ")}`);
  }
  const folder = join(source, "target/sbom");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${what}.cdx.json`), `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`${what}: ${built.size} packages compiled, ${named.size} and the standard library named, in target/sbom/${what}.cdx.json`);
  return built.size > 0 && unnamed.length + unlicensed.length === 0;
}

const [asked = "module"] = process.argv.slice(2);
if (asked === "--check") {
  const outcomes = Object.keys(MADE).map(check);
  process.exitCode = outcomes.every(Boolean) ? 0 : 1;
} else if (Object.hasOwn(MADE, asked)) {
  console.log(JSON.stringify(list(asked), null, 2));
} else {
  console.error(`error: there is no list of "${asked}"; there are ${Object.keys(MADE).join(", ")}`);
  process.exitCode = 2;
}
