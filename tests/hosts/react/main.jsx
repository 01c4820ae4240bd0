import "error-diagnoser";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function Help() {
  const [found, setFound] = useState("");
  const [lang, setLang] = useState("en");
  return (
    <main>
      <h1>Help centre</h1>
      <button onClick={() => setLang("nl")}>Nederlands</button>
      <error-diagnoser lang={lang} maxResults={3} ondiagnosis={({ detail }) => setFound(detail.diagnoses[0].entry)} />
      <output>{found}</output>
    </main>
  );
}

createRoot(document.querySelector("#root")).render(<StrictMode><Help /></StrictMode>);
