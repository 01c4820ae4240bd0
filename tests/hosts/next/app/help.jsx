"use client";

import "error-diagnoser";
import { useState } from "react";

export function Help() {
  const [found, setFound] = useState("");
  return (
    <>
      <error-diagnoser maxResults={3} ondiagnosis={({ detail }) => setFound(detail.diagnoses[0].entry)} />
      <output>{found}</output>
    </>
  );
}
