// What our software consists of, as CycloneDX 1.5, on standard output:
//
//     node tests/supply/sbom.mjs            what readers run: the module for the browser
//     node tests/supply/sbom.mjs --command  the command, which builds it
//
// Made of what cargo knows of Cargo.lock, so that it can never differ from what is built.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "../..");
const isCommand = process.argv.includes("--command");
const host = execFileSync("rustc", ["-vV"], { encoding: "utf8" }).match(/host: (\S+)/)[1];
const platform = isCommand ? host : "wasm32-unknown-unknown";

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--filter-platform", platform], {
    cwd: source,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  }),
);

// The hashes that cargo checks each download against.
const sums = new Map();
for (const block of readFileSync(join(source, "Cargo.lock"), "utf8").split("[[package]]")) {
  const [name, version, sum] = ["name", "version", "checksum"].map((key) => block.match(new RegExp(`^${key} = "(.+)"$`, "m"))?.[1]);
  if (sum) sums.set(`${name} ${version}`, sum);
}

const packages = new Map(metadata.packages.map((one) => [one.id, one]));
const nodes = new Map(metadata.resolve.nodes.map((one) => [one.id, one]));
/** What is linked or run while building: not what only tests need. */
const needs = (id) => nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind !== "dev")).map(({ pkg }) => pkg);

const reached = new Set([metadata.resolve.root]);
for (const id of reached) for (const need of needs(id)) reached.add(need);

const url = ({ name, version }) => `pkg:cargo/${name}@${version}`;
const component = (id) => {
  const one = packages.get(id);
  const sum = sums.get(`${one.name} ${one.version}`);
  return {
    type: "library",
    "bom-ref": url(one),
    name: one.name,
    version: one.version,
    purl: url(one),
    licenses: one.license ? [{ expression: one.license.replaceAll("/", " OR ") }] : [],
    ...(sum && { hashes: [{ alg: "SHA-256", content: sum }] }),
  };
};
const ids = [...reached].filter((id) => id !== metadata.resolve.root).sort();
const root = packages.get(metadata.resolve.root);
const bom = {
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { ...component(metadata.resolve.root), type: "application" } },
  components: ids.map(component),
  dependencies: [...reached].sort().map((id) => ({ ref: url(packages.get(id)), dependsOn: needs(id).map((need) => url(packages.get(need))).sort() })),
};
// The same input gives the same identifier: nothing of the time or the machine is in it.
const digest = createHash("sha256").update(JSON.stringify(bom)).digest("hex");
bom.serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
console.log(JSON.stringify(bom, null, 2));
console.error(`${root.name} ${root.version} for ${platform}: ${ids.length} packages`);
