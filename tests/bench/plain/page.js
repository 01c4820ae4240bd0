// The same catalog in a search library, shown with as little as possible: the quickest page that one would write.

import MiniSearch from "/bench/modules/minisearch/dist/es/index.js";

const { entries } = await (await fetch("/catalog.json")).json();
const search = new MiniSearch({ fields: ["message", "title", "cause"], storeFields: ["title", "situations"] });
search.addAll(
  entries.map(({ id, messages, texts: { en } }) => ({
    id,
    message: messages.map(({ text }) => text).join("\n"),
    title: en.title,
    cause: JSON.stringify(en.situations),
    situations: en.situations,
  })),
);

const box = document.getElementById("box");
const show = () => {
  const articles = search.search(box.value).slice(0, 3).map(({ title, situations }) => {
    const article = document.createElement("article");
    const heading = document.createElement("h2");
    heading.textContent = title;
    const prose = situations.map(({ cause, steps }) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = [cause, ...steps].flat(9).map(words).join(" ");
      return paragraph;
    });
    article.append(heading, ...prose);
    return article;
  });
  document.querySelector("main").replaceChildren(...articles);
};
box.addEventListener("input", show);
show();

/** An inline tree as text. */
function words(inline) {
  return Object.values(inline).flat(9).map((part) => (typeof part === "object" && part ? words(part) : String(part))).join(" ");
}
