"use client";

import "error-diagnoser";
import { useEffect, useRef, useState } from "react";

export function Help() {
  const [found, setFound] = useState("");
  const tag = useRef(null);
  useEffect(() => {
    const tell = ({ detail }) => setFound(detail.diagnoses[0].entry);
    tag.current.addEventListener("diagnosis", tell);
    return () => tag.current?.removeEventListener("diagnosis", tell);
  }, []);
  return (
    <>
      <error-diagnoser ref={tag} max-results="3"></error-diagnoser>
      <output>{found}</output>
    </>
  );
}
